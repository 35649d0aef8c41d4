import { type Db } from '../../storage/database';
import { BackupRegisterEntity } from '../backup.entity';
import { inspectAgeHeader } from '../format/age/age-header';
import { BackupError } from '../format/backup-error';
import { type BackupLimits } from '../format/limits';
import { headerHash } from '../format/register';
import { type BackupRejection, isBackupError, rejectionOf } from '../rejection';

/** Found out by the register alone, so that nothing can be said about the password. */
const changedExport: BackupRejection = {
  code: 'DAMAGED',
  message:
    'This file was exported here, but its bytes were changed since. Fetch it again from where it was first saved, or use another backup.',
  problems: [],
  problemCount: 0,
};

/** What is known of a file that has arrived. */
export interface ArrivedFile {
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
  /** At least as many bytes as an age header may have, or all. */
  start: Buffer;
}

/**
 * What can be seen to be wrong with a file before any password: its header, and, where it is an export of this
 * installation, its length and hash.
 */
export async function inspectUpload(
  db: Db,
  { bytes, sha256, start }: ArrivedFile,
  limits: BackupLimits,
): Promise<BackupRejection | undefined> {
  const exported = await exportWithHeader(db, start, limits);
  if (exported && bytes < Number(exported.bytes)) return rejectionOf(new BackupError('TRUNCATED', {}));
  try {
    inspectAgeHeader(start, bytes, limits);
  } catch (error) {
    if (isBackupError(error)) return rejectionOf(error);
    throw error;
  }
  const isChanged = exported && (exported.sha256 !== sha256 || bytes > Number(exported.bytes));
  return isChanged ? changedExport : undefined;
}

async function exportWithHeader(
  db: Db,
  start: Buffer,
  limits: BackupLimits,
): Promise<BackupRegisterEntity | undefined> {
  let header: Buffer;
  try {
    // Whatever the length: a cut file still begins like the whole one.
    header = inspectAgeHeader(start, undefined, limits).bytes;
  } catch {
    return undefined;
  }
  const exports = await db.manager.findBy(BackupRegisterEntity, { headerHash: headerHash(header) });
  return exports[0];
}
