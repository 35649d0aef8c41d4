import { type Id } from '../change/core/task';
import { type Db } from '../storage/database';
import { storedTime } from '../storage/stored-time';
import { type ChangeCause, type UnitEntity } from './unit.entity';

const columns =
  'id, name, revision, live_generation_id, created_at, last_cause, last_changed_by, last_changed_at';

/** A unit's row; `undefined` where there is none. Nearly every request reads one, so without TypeORM's queries. */
export async function findUnit(db: Db, unitId: Id): Promise<UnitEntity | undefined> {
  const [row] = await db.rows(`SELECT ${columns} FROM unit WHERE id = ?`, [unitId]);
  if (!row) return undefined;
  const [id, name, revision, liveGenerationId, createdAt, lastCause, lastChangedBy, lastChangedAt] = row;
  return {
    id: id as Id,
    name: name as string,
    revision: Number(revision),
    liveGenerationId: liveGenerationId as Id,
    createdAt: storedTime(createdAt),
    lastCause: lastCause as ChangeCause,
    lastChangedBy: lastChangedBy as Id | null,
    lastChangedAt: storedTime(lastChangedAt),
  };
}
