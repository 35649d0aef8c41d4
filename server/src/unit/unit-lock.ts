import { NotFound } from '../refusal';
import { type Db } from '../storage/database';
import { type UnitEntity } from './unit.entity';
import { findUnit } from './find-unit';
import { type Id } from '../change/core/task';

/**
 * Takes the unit's row first, as every configuration write does, so that the writes of one unit run one after
 * another. Answers the unit with its next revision, which stands only if the transaction commits.
 */
export async function lockUnit(db: Db, unitId: Id): Promise<UnitEntity> {
  await db.run('UPDATE unit SET revision = revision + 1 WHERE id = ?', [unitId]);
  const unit = await findUnit(db, unitId);
  if (!unit) throw new NotFound('unit');
  return unit;
}

/** Gives back the revision that `lockUnit` took, where there turned out to be nothing to write. */
export async function keepRevision(db: Db, unitId: Id): Promise<void> {
  await db.run('UPDATE unit SET revision = revision - 1 WHERE id = ?', [unitId]);
}
