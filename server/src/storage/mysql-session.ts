import { type Connection, type ResultSetHeader, type RowDataPacket } from 'mysql2';
import { type SqlValue } from './database';

/** Every session says itself what it relies on, whatever the server's defaults are. */
const sessionSettings = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  // lock_wait_timeout: nobody waits a day (the default) behind a migration that waits for somebody else.
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', innodb_lock_wait_timeout = 30, lock_wait_timeout = 30, default_storage_engine = InnoDB",
];

/**
 * In a Galera cluster what was written through one node may arrive at another a moment later. Reads and transactions
 * wait until the node has what the cluster had when they began, so that users read their own writes through any server.
 */
const readWhatIsWritten = 'SET SESSION wsrep_sync_wait = 1';

/** What a server says of its place in a cluster. */
export type NodeState =
  /** To be used. */
  | 'ready'
  /** Part of the cluster, but handing its data to another node, or behind: only where there is no other. */
  | 'lagging'
  /** Takes no writes: a replica, or outside of the cluster's majority. */
  | 'unfit';

/** Tells a new session how we want to be served. */
export async function prepareSession(connection: Connection): Promise<void> {
  for (const setting of sessionSettings) await execute(connection, setting);
  if ((await variables(connection)).get('wsrep_on') === 'ON') await execute(connection, readWhatIsWritten);
}

export async function nodeState(connection: Connection): Promise<NodeState> {
  const settings = await variables(connection);
  if (isOn(settings.get('read_only')) || isOn(settings.get('super_read_only'))) return 'unfit';
  if (settings.get('wsrep_on') !== 'ON') return 'ready';
  const galera = await pairs(
    connection,
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state')",
  );
  if (galera.get('wsrep_ready') !== 'ON') return 'unfit';
  return galera.get('wsrep_local_state') === '4' ? 'ready' : 'lagging';
}

const variables = (connection: Connection) =>
  pairs(
    connection,
    "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'super_read_only', 'wsrep_on')",
  );

const isOn = (value: string | undefined) => value !== undefined && value !== 'OFF';

/** Names and values, as SHOW answers them. */
export async function pairs(connection: Connection, sql: string): Promise<Map<string, string>> {
  return new Map((await rowsOf(connection, sql)) as [string, string][]);
}

export function rowsOf(
  connection: Connection,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    connection.query<RowDataPacket[][]>({ sql, values: [...values], rowsAsArray: true }, (error, rows) =>
      error ? reject(error) : resolve(rows),
    );
  });
}

export function execute(
  connection: Connection,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<ResultSetHeader> {
  return new Promise((resolve, reject) => {
    connection.query<ResultSetHeader>({ sql, values: [...values] }, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });
}

/** As `execute`, of a statement that the connection keeps prepared: values are neither quoted here nor parsed there. */
export function executePrepared(
  connection: Connection,
  sql: string,
  values: readonly SqlValue[],
): Promise<ResultSetHeader> {
  return new Promise((resolve, reject) => {
    connection.execute<ResultSetHeader>(sql, [...values], (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });
}
