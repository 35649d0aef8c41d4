import { BackupError } from '../backup-error';
import { type BackupLimits } from '../limits';
import { looksLike } from '../looks-like';
import { gunzipMember } from './gunzip';
import { isGzip } from './gzip-header';
import { nextOf } from './next-of';

/**
 * The text inside a decrypted backup: unpacked where it is packed. Text that was encrypted as it is, as people do by
 * hand, is read too.
 *
 * @throws BackupError NOT_A_BACKUP, DAMAGED, TRUNCATED or TOO_LARGE
 */
export async function* unpackedText(
  decrypted: AsyncIterable<Uint8Array>,
  limits: BackupLimits,
): AsyncGenerator<Uint8Array> {
  const source = decrypted[Symbol.asyncIterator]();
  try {
    const start = await firstBytes(source);
    if (isGzip(start)) yield* gunzipMember(start, source, limits);
    else if (start[0] === 0x7b) yield* plainText(start, source, limits);
    else throw new BackupError('NOT_A_BACKUP', { looksLike: looksLike(start), decrypted: true });
  } finally {
    await source.return?.();
  }
}

async function* plainText(
  start: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  { plainBytes }: BackupLimits,
) {
  let bytes = 0;
  for (let piece: Uint8Array | undefined = start; piece; piece = await nextOf(source)) {
    bytes += piece.byteLength;
    if (bytes > plainBytes)
      throw new BackupError('TOO_LARGE', { limit: 'plainBytes', found: bytes, maximum: plainBytes });
    yield piece;
  }
}

/** The two bytes that tell gzip, or what there is. */
async function firstBytes(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start = Buffer.alloc(0);
  while (start.length < 2) {
    const piece = await nextOf(source);
    if (!piece) break;
    start = Buffer.concat([start, piece]);
  }
  return start;
}
