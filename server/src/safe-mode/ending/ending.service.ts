import { type Clock } from '../../access/clock';
import { type Checkpoint } from '../../checkpoint';
import { type Db } from '../../storage/database';
import { removeObjectAt } from '../../storage/object-removal';
import { type ObjectSweeper } from '../../storage/object-sweeper';
import { type ActiveSafeModeStore } from '../presence/active-safe-mode.store';
import { type PresenceService } from '../presence/presence.service';
import { type PresenceStore } from '../presence/presence.store';
import { type Ending, type SafeMode, type SafeModeStore } from '../safe-mode.store';

/** How long the one who ends a safe mode waits for its file to go, ms. If it takes longer, it goes later. */
const patience = 2_000;

/** The end of a safe mode, applied or discarded: everybody leaves it, its file goes, everybody is told. */
export class EndingService {
  constructor(
    private readonly safeModes: SafeModeStore,
    private readonly active: ActiveSafeModeStore,
    private readonly presence: PresenceStore,
    private readonly presences: PresenceService,
    private readonly sweeper: ObjectSweeper,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /** Within a transaction that holds the safe mode, which is open. Answers it as it is from now on. */
  async end(db: Db, safeMode: SafeMode, ending: Ending): Promise<SafeMode> {
    if (!(await this.safeModes.close(db, safeMode, ending)))
      throw new Error('It was not held while it was ended');
    await this.active.clear(db, safeMode.id);
    await this.presence.clear(db, safeMode.id);
    await removeObjectAt(db, safeMode.objectKey, this.now());
    await this.checkpoint('closed, not committed');
    const { status, at, by, appliedRevision } = ending;
    return { ...safeMode, status, closedAt: at, closedBy: by, appliedRevision: appliedRevision ?? null };
  }

  /** Whether this very ending is in force. Waits for whoever is about to write it. */
  async isEnded(db: Db, { id, status, closedAt, closedBy }: SafeMode): Promise<boolean> {
    const present = await this.safeModes.hold(db, id);
    return (
      present?.status === status &&
      present.closedBy === closedBy &&
      present.closedAt?.getTime() === closedAt?.getTime()
    );
  }

  /**
   * After the commit: tells everybody, and removes the file now or, where the store does not answer, later. A crash
   * here leaves nothing undone: the sweeper finishes, and messages are hints.
   *
   * @param tell tells what else there is to tell
   */
  async finish({ unitId, objectKey }: SafeMode, tell: () => void = () => undefined): Promise<void> {
    await this.checkpoint('committed, not told');
    tell();
    this.presences.changed(unitId);
    await this.checkpoint('told, file not removed');
    const enough = new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
    await Promise.race([this.sweeper.removeDue(directoryOf(objectKey)), enough]);
    await this.checkpoint('file removed');
  }
}

/** Files of earlier revisions stand beside it. */
const directoryOf = (objectKey: string): string => objectKey.slice(0, objectKey.lastIndexOf('/') + 1);
