import { may } from '../../access/abilities';
import { type Actor } from '../../access/actor';
import { type Clock } from '../../access/clock';
import { type Id } from '../../change/core/task';
import { NotFound } from '../../refusal';
import { type Database, type Db } from '../../storage/database';
import { type ActiveSafeModeStore } from './active-safe-mode.store';
import { type PresenceService } from './presence.service';
import { type PresenceStore } from './presence.store';
import { closed } from '../request-safe-mode.service';
import { type SafeModeFiles } from '../file/safe-mode-files.service';
import { type SafeMode, type SafeModeStore } from '../safe-mode.store';

/** Being in a safe mode: entered and left by its user, never by silence. */
export class ActiveSafeModeService {
  constructor(
    private readonly database: Database,
    private readonly safeModes: SafeModeStore,
    private readonly active: ActiveSafeModeStore,
    private readonly presence: PresenceStore,
    private readonly presences: PresenceService,
    private readonly files: SafeModeFiles,
    private readonly now: Clock,
  ) {}

  /** The open safe mode that they are in; none for whoever is no admin any more. */
  async activeOf(actor: Actor, unitId: Id): Promise<SafeMode | undefined> {
    if (!may(actor, 'useSafeModes', unitId)) return undefined;
    return this.database.read(async (db) => {
      const active = await this.active.of(db, actor, unitId);
      const safeMode = active && (await this.safeModes.find(db, active.safeModeId));
      return safeMode?.status === 'OPEN' ? safeMode : undefined;
    });
  }

  /**
   * Applies a safe mode locally: from now on they are in it, and in no other of the unit. Entering again says that they
   * are still there. Throws `SAFE_MODE_CLOSED`, `SAFE_MODE_UNREADABLE`, `NEWER_VERSION`, `SERVICE_UNAVAILABLE`.
   */
  async enter(actor: Actor, id: Id): Promise<SafeMode> {
    await this.files.read(await this.files.open(id));
    const safeMode = await this.database.transaction(async (db) => {
      // Held, so that it cannot be closed meanwhile and leave somebody in it.
      const present = await this.safeModes.hold(db, id);
      if (!present) throw new NotFound('safe mode');
      if (present.status !== 'OPEN') throw await closed(db, present);
      await this.enterIn(db, actor, present);
      return present;
    });
    this.presences.changed(safeMode.unitId);
    return safeMode;
  }

  /** As `enter`, within the transaction that made or holds the safe mode. */
  async enterIn(db: Db, actor: Actor, { id, unitId }: SafeMode): Promise<void> {
    await this.active.hold(db, actor);
    const before = await this.active.of(db, actor, unitId);
    if (before?.safeModeId !== id) {
      await this.leaveIn(db, actor, unitId);
      await this.active.enter(db, actor, unitId, id, this.now());
    }
    const since = before?.safeModeId === id ? before.enteredAt : this.now();
    await this.presences.renew(db, unitId, id, actor.userId, since);
  }

  /** Live again; the file stays. Nothing happens to whoever is in none. */
  async leave(actor: Actor, unitId: Id): Promise<void> {
    const wasInOne = await this.database.transaction(async (db) => {
      await this.active.hold(db, actor);
      return this.leaveIn(db, actor, unitId);
    });
    // Any user may call this as often as they like, and everybody would look again.
    if (wasInOne) this.presences.changed(unitId);
  }

  /** Of an actor who is held. Answers whether they were in one. */
  private async leaveIn(db: Db, actor: Actor, unitId: Id): Promise<boolean> {
    const before = await this.active.of(db, actor, unitId);
    if (!before) return false;
    await this.active.leave(db, actor, unitId);
    const isStillThere = await this.active.isIn(db, actor.userId, before.safeModeId);
    if (!isStillThere) await this.presence.remove(db, before.safeModeId, actor.userId);
    return true;
  }
}
