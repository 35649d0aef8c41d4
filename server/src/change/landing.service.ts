import { type ContentWriter } from '../configuration/content.writer';
import { type UnitChange } from '../messages/topics';
import { type Db } from '../storage/database';
import { type ChangeCause, UnitEntity } from '../unit/unit.entity';
import { type ChangeLogStore } from './change-log.store';
import { type Change, type Id } from './task';

/** Why and by whom something is written for everybody. */
export interface LandingNote {
  cause: ChangeCause;
  byUserId: Id;
}

/** Writes what an evaluation found into the live configuration, with its trace in the change log. */
export class LandingService {
  constructor(
    private readonly writer: ContentWriter,
    private readonly log: ChangeLogStore,
  ) {}

  /**
   * Within the transaction that locked the unit. Answers what to publish once it is committed.
   *
   * @param unit as `lockUnit` gives it, with its next revision
   */
  async land(
    db: Db,
    unit: UnitEntity,
    { cause, byUserId }: LandingNote,
    changes: readonly Change[],
  ): Promise<UnitChange> {
    const change = { unitId: unit.id, revision: unit.revision, cause, byUserId, at: new Date() };
    await this.writer.write(db, unit.liveGenerationId, changes);
    await this.log.append(db, change, changes);
    await db.manager.update(
      UnitEntity,
      { id: unit.id },
      { lastCause: cause, lastChangedBy: byUserId, lastChangedAt: change.at },
    );
    return change;
  }
}
