import { type Clock } from '../access/clock';
import { type Db } from '../storage/database';
import { removeObjectAt } from '../storage/object-removal';
import { type ObjectSweeper } from '../storage/object-sweeper';
import { type ActiveSafeModeStore } from './active-safe-mode.store';
import { type PresenceService } from './presence.service';
import { type PresenceStore } from './presence.store';
import { type Ending, type SafeMode, type SafeModeStore } from './safe-mode.store';

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
  ) {}

  /** Within a transaction. Answers false where the safe mode moved or ended since it was read. */
  async end(db: Db, safeMode: SafeMode, ending: Ending): Promise<boolean> {
    if (!(await this.safeModes.close(db, safeMode, ending))) return false;
    await this.active.clear(db, safeMode.id);
    await this.presence.clear(db, safeMode.id);
    await removeObjectAt(db, safeMode.objectKey, this.now());
    return true;
  }

  /** After the commit: tells everybody, and removes the file now or, where the store does not answer, later. */
  async finish({ unitId, objectKey }: SafeMode): Promise<void> {
    this.presences.changed(unitId);
    const enough = new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
    await Promise.race([this.sweeper.removeDue(directoryOf(objectKey)), enough]);
  }
}

/** Files of earlier revisions stand beside it. */
const directoryOf = (objectKey: string): string => objectKey.slice(0, objectKey.lastIndexOf('/') + 1);
