const lost = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ER_CONNECTION_KILLED',
]);

/** The server is there, but does not take what it is asked for: another one of its cluster may. */
const elsewhere = new Set([
  'NODE_UNFIT',
  // WSREP has not yet prepared node for application use: it left the majority of a Galera cluster.
  'ER_UNKNOWN_COM_ERROR',
  // It has become a replica.
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
]);

const withoutRoom = new Set(['SQLITE_FULL', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);

/** Whether a statement failed because the server cannot be reached, or not any more. */
export function isConnectionLost(error: unknown): boolean {
  return facts(error).some(
    ({ code, fatal }) => fatal === true || (typeof code === 'string' && lost.has(code)),
  );
}

/** Whether the same may well succeed on another connection, to another node of a cluster or to one that came back. */
export function isNodeFault(error: unknown): boolean {
  return (
    isConnectionLost(error) ||
    facts(error).some(({ code }) => typeof code === 'string' && elsewhere.has(code))
  );
}

/** Whether a statement failed for a reason outside of the product: no connection, no room on the disk, a broken disk. */
export function isDatabaseAway(error: unknown): boolean {
  if (isNodeFault(error)) return true;
  return facts(error).some(
    ({ code }) => typeof code === 'string' && (withoutRoom.has(code) || code.startsWith('SQLITE_IOERR')),
  );
}

/**
 * Deadlock, or a write that another node of a Galera cluster certified first: nothing of the transaction is in force,
 * and it may simply be run again.
 */
export const isLostRace = (error: unknown): boolean =>
  facts(error).some(({ code }) => code === 'ER_LOCK_DEADLOCK');

/** Whether a statement waited for others until its patience was used up. */
export const isDatabaseBusy = (error: unknown): boolean =>
  isLostRace(error) ||
  facts(error).some(({ code }) => code === 'ER_LOCK_WAIT_TIMEOUT' || code === 'SQLITE_BUSY');

/** What the driver says, also where TypeORM has wrapped it. */
function facts(error: unknown): { code?: unknown; fatal?: unknown }[] {
  const { code, fatal, driverError } = (error ?? {}) as {
    code?: unknown;
    fatal?: unknown;
    driverError?: { code?: unknown; fatal?: unknown };
  };
  return [{ code, fatal }, driverError ?? {}];
}
