import { type Connection } from 'mysql2/promise';

/** Rows of one statement. */
const batch = 500;

/**
 * Locks the config keys and overwrites their values, a batch in one statement each.
 *
 * @param table whose rows have other values: writing what is there already would be no work
 */
export async function writeRows(
  connection: Connection,
  table: string,
  rows: readonly unknown[][],
): Promise<void> {
  for (const some of batches(rows)) {
    const ids = some.map(([, id]) => id);
    await connection.query({
      sql: `SELECT * FROM reference.${table} WHERE generation_id = ? AND id IN (?) FOR UPDATE`,
      values: [some[0]![0], ids],
      rowsAsArray: true,
    });
    await connection.query(
      `INSERT INTO reference.${table} VALUES ? ON DUPLICATE KEY UPDATE value = VALUES(value)`,
      [some],
    );
  }
}

/** Writes new entries of the change log. */
export async function writeLog(connection: Connection, entries: readonly unknown[][]): Promise<void> {
  for (const some of batches(entries))
    await connection.query('INSERT INTO reference.change_entry VALUES ?', [some]);
}

function batches<T>(rows: readonly T[]): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < rows.length; at += batch) pieces.push(rows.slice(at, at + batch));
  return pieces;
}
