import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities';
import { migrations } from '../migrations';
import { keepStatements } from './kept-statements';
import { type MysqlPool } from './mysql-pool';

/** Where the data is: a MySQL-compatible server, or else an SQLite file in the data directory. */
export interface DatabaseLocation {
  /** `mysql://` or `mariadb://` address, of one host or several; none for the embedded database. */
  databaseUrl?: string;
  /** Directory of the embedded database. */
  dataDir: string;
}

const common = {
  entities,
  migrations,
  migrationsTableName: 'migration',
  synchronize: false,
  logging: false,
} as const;

export const sqliteFile = (dataDir: string): string => path.join(dataDir, 'safeboard.sqlite');

export interface SqliteConnection {
  pragma(source: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

export interface SqliteStatement {
  readonly reader: boolean;
  raw(toggle?: boolean): SqliteStatement;
  safeIntegers(): SqliteStatement;
  iterate(): IterableIterator<unknown[]>;
  all(...parameters: unknown[]): unknown[][];
  run(...parameters: unknown[]): { changes: number };
}

/**
 * The embedded database. One TypeORM data source is one connection of SQLite.
 *
 * @param access `alone`: not while any other process has the file open, and none can open it meanwhile
 */
export function sqliteDataSource(dataDir: string, access: 'write' | 'read' | 'alone'): DataSource {
  mkdirSync(dataDir, { recursive: true });
  return new DataSource({
    ...common,
    type: 'better-sqlite3',
    database: sqliteFile(dataDir),
    enableWAL: true,
    timeout: access === 'alone' ? 1_000 : 10_000,
    prepareDatabase: (connection: SqliteConnection) => {
      if (access === 'alone') lockOut(connection);
      else keepStatements(connection);
      // FULL: a commit that was acknowledged survives a power cut (NORMAL in WAL mode does not promise that).
      connection.pragma('synchronous = FULL');
      if (access === 'read') connection.pragma('query_only = ON');
    },
  });
}

/** Throws `SQLITE_BUSY` while anybody else has the file open. */
function lockOut(connection: SqliteConnection): void {
  try {
    connection.pragma('locking_mode = EXCLUSIVE');
    // The lock is taken by the first use.
    connection.prepare('SELECT COUNT(*) FROM sqlite_master').raw().all();
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** A MySQL or MariaDB server, or a cluster of them, through a pool that stands already. */
export const mysqlDataSource = (
  pool: MysqlPool,
  dialect: 'mysql' | 'mariadb',
  database: string,
): DataSource =>
  new DataSource({
    ...common,
    type: dialect,
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    driver: { createPool: () => pool },
  } satisfies DataSourceOptions);
