import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { BackupError } from '../backup-error';
import { type BackupLimits } from '../limits';
import { readGzipHeader } from './gzip-header';
import { nextOf } from './next-of';

const trailerBytes = 8;

/**
 * Unpacks exactly one gzip member, in zlib's thread pool, and proves its checksum and length. Nothing may follow it.
 *
 * @param start - the first bytes of the source, already taken from it: long enough to hold two bytes
 * @throws BackupError DAMAGED, TRUNCATED or TOO_LARGE
 */
export async function* gunzipMember(
  start: Uint8Array,
  source: AsyncIterator<Uint8Array>,
  limits: BackupLimits,
): AsyncGenerator<Buffer> {
  const packed = await readGzipHeader(start, source);
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  const feeding = feed(inflate, packed, source);
  feeding.catch((error: Error) => inflate.destroy(error));
  const unpacked = new Unpacked(inflate, limits);
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      unpacked.add(chunk);
      yield chunk;
    }
    await expectTrailer(unpacked, await feeding, source);
  } catch (error) {
    throw asBackupError(error);
  } finally {
    inflate.destroy();
  }
}

/** Feeds packed bytes until the member ends; resolves with what is left of the last piece fed. */
async function feed(
  inflate: InflateRaw,
  start: Uint8Array,
  source: AsyncIterator<Uint8Array>,
): Promise<Uint8Array> {
  let goOn = () => {};
  // Not every version of Node.js answers the write that reaches beyond the end of the member.
  inflate.once('end', () => goOn());
  let fed = 0;
  for (let piece: Uint8Array | undefined = start; piece; piece = await nextOf(source)) {
    await new Promise<void>((resolve) => {
      goOn = resolve;
      inflate.write(piece, () => resolve());
    });
    fed += piece.byteLength;
    // What zlib leaves of a piece lies beyond the end of the member.
    if (inflate.bytesWritten < fed) return piece.subarray(piece.byteLength - (fed - inflate.bytesWritten));
  }
  inflate.end();
  return new Uint8Array(0);
}

async function expectTrailer(
  unpacked: Unpacked,
  rest: Uint8Array,
  source: AsyncIterator<Uint8Array>,
): Promise<void> {
  let trailer = Buffer.from(rest);
  for (let piece = await nextOf(source); piece; piece = await nextOf(source)) {
    trailer = Buffer.concat([trailer, piece]);
    if (trailer.length > trailerBytes) break;
  }
  if (trailer.length < trailerBytes) throw new BackupError('TRUNCATED', {});
  if (trailer.readUInt32LE(0) !== unpacked.checksum || trailer.readUInt32LE(4) !== unpacked.bytes % 2 ** 32)
    throw new BackupError('DAMAGED', { part: 'gzip' });
  if (trailer.length > trailerBytes) throw new BackupError('DAMAGED', { part: 'afterGzip' });
}

class Unpacked {
  bytes = 0;
  checksum = 0;

  constructor(
    private readonly inflate: InflateRaw,
    private readonly limits: BackupLimits,
  ) {}

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.checksum = crc32(chunk, this.checksum);
    const { plainBytes, ratio, ratioFreeBytes } = this.limits;
    if (this.bytes > plainBytes)
      throw new BackupError('TOO_LARGE', { limit: 'plainBytes', found: this.bytes, maximum: plainBytes });
    const found = Math.floor(this.bytes / Math.max(1, this.inflate.bytesWritten));
    if (this.bytes > ratioFreeBytes && found > ratio)
      throw new BackupError('TOO_LARGE', { limit: 'ratio', found, maximum: ratio });
  }
}

function asBackupError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'Z_BUF_ERROR') return new BackupError('TRUNCATED', {});
  if (code === 'Z_DATA_ERROR') return new BackupError('DAMAGED', { part: 'gzip' });
  return error;
}
