import { BackupError } from '../backup-error';
import { nextOf } from './next-of';

const fixedBytes = 10;
/** More than any program writes; a header that goes on longer is there to waste memory. */
const longestHeader = 64 * 1024;
const flags = { headerCheck: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };

/** Whether these bytes begin a gzip member. */
export function isGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

/**
 * Takes the header of a gzip member off a stream.
 *
 * @returns the bytes after the header that were already taken from the source
 * @throws BackupError DAMAGED or TRUNCATED
 */
export async function readGzipHeader(
  start: Uint8Array,
  source: AsyncIterator<Uint8Array>,
): Promise<Uint8Array> {
  let bytes = Buffer.from(start);
  for (;;) {
    const end = headerEnd(bytes);
    if (end !== undefined) return bytes.subarray(end);
    if (bytes.length > longestHeader) throw new BackupError('DAMAGED', { part: 'gzip' });
    const piece = await nextOf(source);
    if (!piece) throw new BackupError('TRUNCATED', {});
    bytes = Buffer.concat([bytes, piece]);
  }
}

/** Where the header ends; nothing when it goes on after these bytes. */
function headerEnd(bytes: Buffer): number | undefined {
  if (bytes.length < fixedBytes) return undefined;
  const [method, flag] = [bytes[2], bytes[3]!];
  if (method !== 8 || flag & flags.reserved) throw new BackupError('DAMAGED', { part: 'gzip' });

  let end: number | undefined = fixedBytes;
  if (flag & flags.extra) end = end + 2 <= bytes.length ? end + 2 + bytes.readUInt16LE(end) : undefined;
  if (flag & flags.name) end = afterZero(bytes, end);
  if (flag & flags.comment) end = afterZero(bytes, end);
  if (end !== undefined && flag & flags.headerCheck) end += 2;
  return end !== undefined && end <= bytes.length ? end : undefined;
}

function afterZero(bytes: Buffer, from: number | undefined): number | undefined {
  if (from === undefined) return undefined;
  const zero = bytes.indexOf(0, from);
  return zero < 0 ? undefined : zero + 1;
}
