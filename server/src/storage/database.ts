import { type EntityManager } from 'typeorm';

export type Dialect = 'sqlite' | 'mysql' | 'mariadb';

/** A value as it stands in a column. */
export type SqlValue = string | number | bigint | boolean | null | Date | Buffer;

/**
 * One connection of the database for the length of one piece of work.
 * Everything inside the work must go through it: a global repository would escape the transaction.
 */
export interface Db {
  readonly dialect: Dialect;
  /** TypeORM's manager bound to this connection. `save` and `remove` open transactions of their own: use `insert`, `update`, `delete`. */
  readonly manager: EntityManager;
  /** Rows as arrays in the order of the selected columns, without entities: for bulk work. Placeholders are `?`. */
  rows(sql: string, parameters?: readonly SqlValue[]): Promise<unknown[][]>;
  /**
   * Executes one statement and answers the number of rows it changed (matched rows, also where the values stayed the same).
   *
   * @param often the statement comes in these very words again and again: it is kept prepared
   */
  run(sql: string, parameters?: readonly SqlValue[], often?: boolean): Promise<number>;
}

/** Answered by the work of a transaction to undo everything and still hand a value to the caller. */
export class RolledBack<T> {
  constructor(readonly value: T) {}
}

/**
 * The only way to the database, with the same meaning on SQLite and on MySQL/MariaDB.
 *
 * Do not nest: a `read` or `transaction` inside the work of another waits for a connection that
 * the outer one may hold. Hand the `Db` down instead.
 */
export interface Database {
  readonly dialect: Dialect;
  /** Sees what is committed; each statement sees the state at its own start. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * All or nothing. On SQLite one writer runs at a time; on MySQL/MariaDB transactions run side by side at
   * READ COMMITTED and the whole work is run again after a deadlock, so it must have no effects outside the database.
   * Work that throws, or answers `RolledBack`, leaves nothing behind.
   */
  transaction<T>(work: (db: Db) => Promise<T | RolledBack<T>>): Promise<T>;
  /** One consistent state for the whole work, however long it takes, without holding up writers. Reading only. */
  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Placeholders for `count` values: `?, ?, ?`. */
export const placeholders = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** Cuts a list into pieces of at most `size`, so that no statement gets more parameters than a database takes. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < items.length; start += size) pieces.push(items.slice(start, start + size));
  return pieces;
}
