import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database, type Db, placeholders, type SqlValue } from '../storage/database';

/** Rows of one transaction. */
export const batch = 200;

/**
 * Removes a few rows at a time, each time in a transaction of its own.
 *
 * @param remove answers whether there may be more
 */
export async function inBatches(database: Database, remove: (db: Db) => Promise<boolean>): Promise<void> {
  let more: boolean;
  do {
    // The embedded database answers at once: without this, others would wait for all of it.
    await nextTurn();
    more = await database.transaction(remove);
  } while (more);
}

/** Removes the rows of a table whose ids a query answers, at most `batch` at once. */
export function removeFound(
  database: Database,
  table: string,
  query: string,
  parameters: readonly SqlValue[],
): Promise<void> {
  return inBatches(database, async (db) => {
    const ids = (await db.rows(query, parameters)).map(([id]) => id as string);
    if (ids.length > 0) await db.run(`DELETE FROM ${table} WHERE id IN (${placeholders(ids.length)})`, ids);
    return ids.length === batch;
  });
}
