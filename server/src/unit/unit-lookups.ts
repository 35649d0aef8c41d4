import { type UnitLookups } from '../access/operation-rules';
import { type Database } from '../storage/database';

/** Finds the unit that a job, a plan or an upload belongs to, for the rule of an operation that names only its id. */
export function unitLookups(database: Database): UnitLookups {
  const inTable = (table: string) => async (id: string) => {
    const [row] = await database.read((db) => db.rows(`SELECT unit_id FROM ${table} WHERE id = ?`, [id]));
    return row?.[0] as string | undefined;
  };
  return {
    job: inTable('job'),
    plan: inTable('backup_plan'),
    upload: inTable('backup_upload'),
    'safe mode': inTable('safe_mode'),
  };
}
