import { v7 as uuidv7 } from 'uuid';
import { type Clock, shifted } from '../../access/clock';
import { ChangeSetEntity } from '../../change/log/change-log.entity';
import { LeaseLost } from '../../job/job-errors';
import { type UnitChange } from '../../messages/topics';
import { type Db } from '../../storage/database';
import { isAdminNow } from '../../unit/admin-now';
import { findUnit } from '../../unit/find-unit';
import { NoAdminAnyMore, NotUndoable, PlanStale } from './import-refusals';

/** Which generation a unit is to get, and what the history says about it. */
export interface MoveOrder {
  unitId: string;
  /** Throws `PlanStale` unless the unit is still there. */
  atRevision: number;
  toGenerationId: string;
  /** The state that it must be in. */
  fromState: 'LOADING' | 'RETIRED';
  cause: 'IMPORT' | 'UNDO';
  byUserId: string;
  jobId: string;
  /** For so many milliseconds what is replaced is kept. */
  undoableFor: number;
}

export interface Move {
  change: UnitChange;
  /** For the job. */
  result: MoveResult;
}

/** Result of the job of an import, or of an undo that moved the unit. */
export interface MoveResult {
  generationId: string;
  previousGenerationId: string;
  /** The unit's revision afterwards. */
  revision: number;
  /** ISO 8601 in UTC. */
  undoableUntil: string;
}

/**
 * Points the unit at another of its generations, for everybody at once, within the caller's transaction. From then on
 * whoever edits the unit waits for the end of that transaction: what does not need to be after it comes before. Throws
 * `PlanStale` when the unit moved, `NotUndoable` when the generation to go to is not in the right state any more,
 * `LeaseLost` when it was being loaded and somebody else has begun the import again, `Forbidden` when the user is no
 * admin of the unit any more.
 */
export async function moveUnit(db: Db, order: MoveOrder, now: Clock): Promise<Move> {
  const { unitId, atRevision, toGenerationId, fromState, cause, byUserId, jobId } = order;
  const at = now();
  const undoableUntil = shifted(at, order.undoableFor);
  const unit = await findUnit(db, unitId);
  if (unit?.revision !== atRevision) throw new PlanStale();
  const { liveGenerationId } = unit;
  const revived = await db.run(
    "UPDATE generation SET state = 'LIVE', purge_after = NULL WHERE id = ? AND unit_id = ? AND state = ?",
    [toGenerationId, unitId, fromState],
  );
  if (revived === 0) throw fromState === 'LOADING' ? new LeaseLost() : new NotUndoable();

  const revision = atRevision + 1;
  const locked = await db.run(
    `UPDATE unit SET revision = ?, live_generation_id = ?, last_cause = ?, last_changed_by = ?, last_changed_at = ?
      WHERE id = ? AND revision = ?`,
    [revision, toGenerationId, cause, byUserId, at, unitId, atRevision],
  );
  if (locked === 0) throw new PlanStale();
  // The work may have run for minutes, waited, or changed servers since that was asked.
  if (!(await isAdminNow(db, unitId, byUserId))) throw new NoAdminAnyMore();
  await db.run("UPDATE generation SET state = 'RETIRED', purge_after = ? WHERE id = ?", [
    undoableUntil,
    liveGenerationId,
  ]);
  await db.manager.insert(ChangeSetEntity, { id: uuidv7(), unitId, revision, cause, byUserId, at, jobId });
  return {
    change: { unitId, revision, cause, byUserId, at },
    result: {
      generationId: toGenerationId,
      previousGenerationId: liveGenerationId,
      revision,
      undoableUntil: undoableUntil.toISOString(),
    },
  };
}

/** Puts the objects that a plan lists into the history of the move. */
export async function logPlan(db: Db, planId: string, { unitId, revision }: UnitChange): Promise<void> {
  await db.run(
    `INSERT INTO change_entry (unit_id, revision, number, kind, object_id, object_name, operation, fields)
     SELECT ?, ?, number, kind, object_id, object_name,
            CASE difference WHEN 'ADDED' THEN 'CREATE' WHEN 'REMOVED' THEN 'DELETE' ELSE 'UPDATE' END, fields
       FROM backup_plan_entry WHERE plan_id = ?`,
    [unitId, revision, planId],
  );
}
