import { type Db, placeholders, type SqlValue } from './database';

type Row = readonly SqlValue[];

/** More rows in one statement are slower, and no database takes statements of any size. */
const mostRows = 500;
const mostBytes = 256 * 1024;

/** Inserts rows in few statements. A row has a value for each column. */
export async function insertRows(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  for (const some of batchesOf(rows)) await db.run(insertion(table, columns, some.length), some.flat());
}

/**
 * Overwrites rows that exist, in few statements: the row with the same primary key takes the values of `assigned`.
 * No other unique index may know any of the given values: MySQL would overwrite the row that it finds there.
 *
 * @param key the columns of the primary key
 */
export async function overwriteRows(
  db: Db,
  table: string,
  key: readonly string[],
  columns: readonly string[],
  assigned: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const instead =
    db.dialect === 'sqlite'
      ? `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assigned.map((column) => `${column} = excluded.${column}`).join(', ')}`
      : `ON DUPLICATE KEY UPDATE ${assigned.map((column) => `${column} = VALUES(${column})`).join(', ')}`;
  for (const some of batchesOf(rows)) {
    await db.run(`${insertion(table, columns, some.length)} ${instead}`, some.flat());
  }
}

/** Cuts rows into pieces of one statement each; a row that is larger than a statement should be stands alone. */
export function batchesOf<T extends Row>(rows: readonly T[]): T[][] {
  const batches: T[][] = [];
  let room = 0;
  for (const row of rows) {
    const size = aboutBytes(row);
    const last = batches.at(-1);
    if (last && last.length < mostRows && size <= room) {
      last.push(row);
      room -= size;
    } else {
      batches.push([row]);
      room = mostBytes - size;
    }
  }
  return batches;
}

function insertion(table: string, columns: readonly string[], rows: number): string {
  const one = `(${placeholders(columns.length)})`;
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => one).join(', ')}`;
}

function aboutBytes(row: Row): number {
  let bytes = 0;
  for (const value of row) bytes += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
  return bytes;
}
