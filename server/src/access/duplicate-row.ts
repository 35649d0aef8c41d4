const duplicateCodes = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_CONSTRAINT_UNIQUE']);

/** Whether a statement failed because another row holds the same key already, in any of the databases. */
export function isDuplicateRow(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return duplicateCodes.has(driverError?.code ?? code ?? '');
}
