import { type Id } from '../change/core/task';
import { NotFound } from '../refusal';
import { type Database, type Db } from '../storage/database';
import { type UnitEntity } from './unit.entity';
import { findUnit } from './find-unit';

/** Beginning again is cheaper than a snapshot, which opens a connection of its own on SQLite. */
const attempts = 4;

/**
 * Reads what belongs to one revision of a unit: if a write lands meanwhile, the work is begun again. The work must have
 * no effects. Throws `NotFound` where there is no such unit.
 */
export async function atOneRevision<T>(
  database: Database,
  unitId: Id,
  work: (db: Db, unit: UnitEntity) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const done = await database.read(async (db) => {
      const unit = await unitIn(db, unitId);
      const result = await work(db, unit);
      const { revision } = await unitIn(db, unitId);
      return revision === unit.revision ? { result } : undefined;
    });
    if (done) return done.result;
  }
  return database.snapshot(async (db) => work(db, await unitIn(db, unitId)));
}

async function unitIn(db: Db, id: Id): Promise<UnitEntity> {
  const unit = await findUnit(db, id);
  if (!unit) throw new NotFound('unit');
  return unit;
}
