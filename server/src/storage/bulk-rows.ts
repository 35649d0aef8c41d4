import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Db, placeholders, type SqlValue } from './database';

type Row = readonly SqlValue[];

/**
 * Rows of a full statement. They are many alike and kept prepared, which halves the work on both sides; with more rows
 * fewer were full, as no database takes statements of any size.
 */
export const mostRows = 100;
/** About as many bytes as a statement should have. */
export const mostBytes = 256 * 1024;

/** Inserts rows in few statements. A row has a value for each column; rows may be made as they are asked for. */
export async function insertRows(
  db: Db,
  table: string,
  columns: readonly string[],
  rows: Iterable<Row>,
): Promise<void> {
  await runEach(db, rows, (count) => insertion(table, columns, count));
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
  rows: Iterable<Row>,
): Promise<void> {
  const instead =
    db.dialect === 'sqlite'
      ? `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assigned.map((column) => `${column} = excluded.${column}`).join(', ')}`
      : `ON DUPLICATE KEY UPDATE ${assigned.map((column) => `${column} = VALUES(${column})`).join(', ')}`;
  await runEach(db, rows, (count) => `${insertion(table, columns, count)} ${instead}`);
}

/** Cuts rows into pieces of one statement each; a row that is larger than a statement should be stands alone. */
export function* batchesOf<T extends Row>(rows: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  let room = mostBytes;
  for (const row of rows) {
    const size = aboutBytes(row);
    if (batch.length === mostRows || (batch.length > 0 && size > room)) {
      yield batch;
      batch = [];
      room = mostBytes;
    }
    batch.push(row);
    room -= size;
  }
  if (batch.length > 0) yield batch;
}

/** One statement after the other: the next one's rows are made while the database is busy with the last. */
async function runEach(db: Db, rows: Iterable<Row>, statement: (rows: number) => string): Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  for (const some of batchesOf(rows)) {
    await running;
    running = db.run(statement(some.length), some.flat(), some.length === mostRows);
    // It is on its way in the next turn.
    await Promise.race([running, nextTurn()]);
  }
  await running;
}

/** The words of an INSERT of so many rows. */
export function insertion(table: string, columns: readonly string[], rows: number): string {
  const one = `(${placeholders(columns.length)})`;
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => one).join(', ')}`;
}

function aboutBytes(row: Row): number {
  let bytes = 0;
  for (const value of row) bytes += typeof value === 'string' || Buffer.isBuffer(value) ? value.length : 8;
  return bytes;
}
