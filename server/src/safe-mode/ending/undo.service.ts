import { v7 as uuid } from 'uuid';
import { type Actor } from '../../access/actor';
import { type Clock } from '../../access/clock';
import { type ChangeLogStore } from '../../change/log/change-log.store';
import { invert } from '../../change/core/invert';
import { type Id } from '../../change/core/task';
import { type Database } from '../../storage/database';
import { undoName } from '../safe-mode-name';
import { NotUndoable } from '../safe-mode-refusals';
import { type SafeModeService } from '../safe-mode.service';
import { type SafeMode } from '../safe-mode.store';

/** Takes applied safe modes back. */
export class UndoService {
  constructor(
    private readonly database: Database,
    private readonly safeModes: SafeModeService,
    private readonly log: ChangeLogStore,
    private readonly now: Clock,
  ) {}

  /**
   * Makes a safe mode that holds the opposite of what an applied one wrote; what others changed since shows as its
   * conflicts. Throws `NOT_UNDOABLE` where there is nothing to take back, `LIMIT_REACHED` where too many are open.
   */
  async undo(actor: Actor, id: Id): Promise<SafeMode> {
    const { unitId, name, status, appliedRevision, generationId } = await this.safeModes.find(id);
    if (status !== 'APPLIED') throw new NotUndoable('Only a safe mode that was applied can be undone.');
    if (appliedRevision === null) {
      throw new NotUndoable('This safe mode changed nothing: everything was as it wanted it already.');
    }
    const changes = await this.database.read((db) => this.log.changesAt(db, unitId, appliedRevision));
    if (!changes)
      throw new NotUndoable('What this safe mode changed is not kept any more: see HISTORY_DAYS.');
    const context = { newId: () => uuid(), at: this.now().toISOString(), by: actor.userId };
    const tasks = invert(changes, context);
    // The generation that it was applied to: a backup that was imported since shows as a conflict.
    const beginning = { unitId, name: undoName(name), tasks, generationId, undoesId: id };
    return (await this.safeModes.begin(actor, beginning))!;
  }
}
