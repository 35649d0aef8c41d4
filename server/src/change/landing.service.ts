import { IsNull } from 'typeorm';
import { type ContentWriter } from '../configuration/content.writer';
import { type UnitChange } from '../messages/topics';
import { isBrokenConstraint } from '../storage/broken-constraint';
import { type Db } from '../storage/database';
import { type ChangeCause, UnitEntity } from '../unit/unit.entity';
import { lockUnitRow } from '../unit/last-admin';
import { ChangeSetEntity } from './log/change-log.entity';
import { type ChangeLogStore } from './log/change-log.store';
import { ConstraintBroken } from './constraint-net.service';
import { type Change, type Id } from './core/task';

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
   * Within the transaction that locked the unit. Answers what to publish once it is committed. Throws
   * `ConstraintBroken`; the transaction must end then.
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
    await this.write(db, unit.liveGenerationId, changes);
    await this.log.append(db, change, changes);
    await db.manager.update(
      UnitEntity,
      { id: unit.id },
      { lastCause: cause, lastChangedBy: byUserId, lastChangedAt: change.at },
    );
    return change;
  }

  private async write(db: Db, generationId: Id, changes: readonly Change[]): Promise<void> {
    try {
      await this.writer.write(db, generationId, changes);
    } catch (error) {
      throw isBrokenConstraint(error) ? new ConstraintBroken(generationId, changes, error) : error;
    }
  }

  /** Whether this very change is in force. Waits for whoever is about to write it. */
  async isLanded(db: Db, { unitId, revision, byUserId, at }: UnitChange): Promise<boolean> {
    await lockUnitRow(db, unitId);
    return db.manager.existsBy(ChangeSetEntity, { unitId, revision, byUserId: byUserId ?? IsNull(), at });
  }
}
