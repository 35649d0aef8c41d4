import { BackupError } from '../backup-error';
import type { BackupLimits } from '../limits';
import { looksLike } from '../looks-like';

/** The readable beginning of an age file for a password. */
export interface AgeHeader {
  /** From the version line to the line feed after the MAC, exactly as in the file. */
  bytes: Buffer;
  /** Binary logarithm of the scrypt cost. */
  workFactor: number;
}

const versionLine = 'age-encryption.org/v1\n';
const nonceBytes = 16;
const tagBytes = 16;
/** An encrypted piece of an age payload: 64 KiB and its tag. */
export const sealedPieceBytes = 64 * 1024 + tagBytes;

/**
 * Reads the age header as text, before any password and before the age library sees it.
 *
 * @param start - the first bytes of the file: all of it, or at least `limits.ageHeaderBytes` of it
 * @param fileBytes - the size of the whole file, where it is known
 * @throws BackupError EMPTY_FILE, NOT_A_BACKUP, TRUNCATED, DAMAGED, KDF_TOO_COSTLY or TOO_LARGE
 */
export function inspectAgeHeader(
  start: Uint8Array,
  fileBytes: number | undefined,
  limits: BackupLimits,
): AgeHeader {
  if (fileBytes === 0) throw new BackupError('EMPTY_FILE', {});
  const text = Buffer.from(start.buffer, start.byteOffset, start.byteLength).toString('latin1');
  if (!text.startsWith(versionLine)) throw notAge(text, start);

  const lines = new HeaderLines(text, start.byteLength === fileBytes, limits);
  const { salt, factor } = passwordStanza(lines.next());
  if (!isBase64(salt, 16) || !isBase64(lines.next(), 32)) throw changed();
  const mac = lines.next();
  if (!mac.startsWith('--- ') || !isBase64(mac.slice(4), 32)) throw changed();

  const header = { bytes: Buffer.from(start.subarray(0, lines.position)), workFactor: Number(factor) };
  if (header.workFactor > limits.workFactor)
    throw new BackupError('KDF_TOO_COSTLY', { found: header.workFactor, maximum: limits.workFactor });
  if (fileBytes !== undefined && !isPossiblePayload(fileBytes - header.bytes.length))
    throw new BackupError('TRUNCATED', {});
  return header;
}

/** Whether an age payload (nonce and sealed pieces) can have this many bytes and hold anything. */
export function isPossiblePayload(bytes: number): boolean {
  const sealed = bytes - nonceBytes;
  const lastPiece = sealed % sealedPieceBytes;
  return (
    sealed > 0 &&
    (lastPiece === 0 || lastPiece >= tagBytes) &&
    (lastPiece !== tagBytes || sealed === tagBytes)
  );
}

/** How many bytes an age payload of this size holds once decrypted. */
export function unsealedBytes(payloadBytes: number): number {
  const sealed = payloadBytes - nonceBytes;
  return sealed - tagBytes * Math.ceil(sealed / sealedPieceBytes);
}

/** Walks the lines of a header and tells a cut one from a too long one. */
class HeaderLines {
  position = versionLine.length;

  constructor(
    private readonly text: string,
    private readonly isWholeFile: boolean,
    private readonly limits: BackupLimits,
  ) {}

  next(): string {
    const end = this.text.indexOf('\n', this.position);
    const line = end < 0 ? this.text.slice(this.position) : this.text.slice(this.position, end);
    if (/[^ -~]/.test(line)) throw changed();
    if (end < 0 && this.isWholeFile) throw new BackupError('TRUNCATED', {});
    if (end < 0 || end >= this.limits.ageHeaderBytes) {
      const found = end < 0 ? this.text.length + 1 : end + 1;
      throw new BackupError('TOO_LARGE', {
        limit: 'ageHeaderBytes',
        found,
        maximum: this.limits.ageHeaderBytes,
      });
    }
    this.position = end + 1;
    return line;
  }
}

function passwordStanza(line: string): { salt: string; factor: string } {
  const [arrow, type, salt, factor, ...more] = line.split(' ');
  if (arrow !== '->' || !type) throw changed();
  if (type !== 'scrypt')
    throw new BackupError('NOT_A_BACKUP', {
      looksLike: 'an age file encrypted for a key instead of a password',
    });
  if (!salt || !factor || more.length > 0 || !/^[1-9][0-9]{0,2}$/.test(factor)) throw changed();
  return { salt, factor };
}

function notAge(text: string, start: Uint8Array): BackupError {
  if (versionLine.startsWith(text)) return new BackupError('TRUNCATED', {});
  if (text.startsWith('age-encryption.org/'))
    return new BackupError('NOT_A_BACKUP', { looksLike: 'an age file of another version of that format' });
  return new BackupError('NOT_A_BACKUP', { looksLike: looksLike(start) });
}

/** The strict form that the age library asks for: no padding, unused bits zero. */
function isBase64(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, 'base64');
  return decoded.length === bytes && decoded.toString('base64').replace(/=+$/, '') === text;
}

function changed(): BackupError {
  return new BackupError('DAMAGED', { part: 'ageHeader' });
}
