import { isDuplicateRow } from '../access/duplicate-row';

const referenceCodes = new Set([
  'ER_NO_REFERENCED_ROW',
  'ER_NO_REFERENCED_ROW_2',
  'ER_ROW_IS_REFERENCED',
  'ER_ROW_IS_REFERENCED_2',
  'SQLITE_CONSTRAINT_FOREIGNKEY',
]);

/** Whether a statement failed because of a key that another row holds, or a reference from or to nothing. */
export function isBrokenConstraint(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return isDuplicateRow(error) || referenceCodes.has(driverError?.code ?? code ?? '');
}
