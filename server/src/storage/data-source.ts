import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createConnection } from 'mysql2/promise';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities';
import { migrations } from '../migrations';

/** Where the data is: a MySQL-compatible server, or else an SQLite file in the data directory. */
export interface DatabaseLocation {
  /** `mysql://` or `mariadb://` address; none for the embedded database. */
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
}

export interface SqliteStatement {
  readonly reader: boolean;
  raw(): SqliteStatement;
  all(...parameters: unknown[]): unknown[][];
  run(...parameters: unknown[]): { changes: number };
}

/** The embedded database. One TypeORM data source is one connection of SQLite. */
export function sqliteDataSource(dataDir: string, access: 'write' | 'read'): DataSource {
  mkdirSync(dataDir, { recursive: true });
  return new DataSource({
    ...common,
    type: 'better-sqlite3',
    database: sqliteFile(dataDir),
    enableWAL: true,
    timeout: 10_000,
    prepareDatabase: (connection: SqliteConnection) => {
      // FULL: a commit that was acknowledged survives a power cut (NORMAL in WAL mode does not promise that).
      connection.pragma('synchronous = FULL');
      if (access === 'read') connection.pragma('query_only = ON');
    },
  });
}

/** How long a server may take to accept a connection, ms. */
const connectTimeout = 10_000;

/** The parts of a `mysql://` or `mariadb://` address; signs in user and password may be percent-encoded. */
function parseDatabaseUrl(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: port ? Number(port) : 3306,
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** Every session says itself what it relies on, whatever the server's defaults are. */
export const sessionSettings = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 30",
];

/**
 * A MySQL or MariaDB server. They differ in collations and in what they say of columns, so the server itself is asked
 * which it is: people write mysql:// for both.
 */
export async function mysqlDataSource(url: string): Promise<DataSource> {
  const { host, port, username, password, database } = parseDatabaseUrl(url);
  const address = { host, port, user: username, password, database };
  const connection = await createConnection({ ...address, connectTimeout });
  const [[version]] = (await connection.query({ sql: 'SELECT VERSION()', rowsAsArray: true })) as unknown as [
    [[string]],
  ];
  await connection.end();
  return new DataSource({
    ...common,
    type: version[0].includes('MariaDB') ? 'mariadb' : 'mysql',
    host,
    port,
    username,
    password,
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    poolSize: 10,
    connectTimeout,
  } satisfies DataSourceOptions);
}
