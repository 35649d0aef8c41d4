import { type FileKey } from './age/age-work';
import { type BackupProof } from './lines/footer';
import { type ReadingOptions, skimBackup } from './reader';

/** The written file does not hold what was written. It must not be offered to anybody. */
export class ExportNotVerified extends Error {
  override readonly name = 'ExportNotVerified';
}

/**
 * Reads a written export back, all of it: decrypts, unpacks, checks order, counts and footer, and compares with what the
 * writer says it wrote.
 *
 * @param file - the bytes as the storage gives them back
 * @param written - what the writer reported
 * @throws ExportNotVerified whatever is wrong with the file; errors of reading the storage as its cause
 */
export async function verifyExport(
  file: AsyncIterable<Uint8Array>,
  fileKey: FileKey,
  written: BackupProof,
  options: Pick<ReadingOptions, 'limits' | 'throughAge'> = {},
): Promise<void> {
  const read = await skimBackup(file, fileKey, options).catch((cause: unknown) => {
    throw new ExportNotVerified('The export could not be read back.', { cause });
  });
  if (read.proof.sha256 !== written.sha256 || read.proof.rows !== written.rows)
    throw new ExportNotVerified('The export that was read back is another one.');
}
