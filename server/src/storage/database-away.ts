const lost = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_CONNECTION_KILLED',
]);

const withoutRoom = new Set(['SQLITE_FULL', 'ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);

/** Whether a statement failed because the server cannot be reached, or not any more. */
export function isConnectionLost(error: unknown): boolean {
  return facts(error).some(
    ({ code, fatal }) => fatal === true || (typeof code === 'string' && lost.has(code)),
  );
}

/** Whether a statement failed for a reason outside of the product: no connection, no room on the disk, a broken disk. */
export function isDatabaseAway(error: unknown): boolean {
  if (isConnectionLost(error)) return true;
  return facts(error).some(
    ({ code }) => typeof code === 'string' && (withoutRoom.has(code) || code.startsWith('SQLITE_IOERR')),
  );
}

/** Whether a statement waited for others until its patience was used up. */
export const isDatabaseBusy = (error: unknown): boolean =>
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
