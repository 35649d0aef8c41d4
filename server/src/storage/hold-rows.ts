import { type Db, type SqlValue } from './database';

/**
 * Holds up other writes to the rows until the transaction ends, and answers how many there are. It changes them: a lock
 * is known on one server only, and what other nodes of a cluster wrote meanwhile is noticed by the rows that were
 * changed.
 *
 * @param where a condition with `?`
 */
export const holdRows = (
  db: Db,
  table: 'unit' | 'user' | 'safe_mode',
  where: string,
  parameters: readonly SqlValue[],
): Promise<number> => db.run(`UPDATE ${table} SET holds = holds + 1 WHERE ${where}`, parameters);
