import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

export const MiB = 1024 * 1024;

/** Bytes that differ from place to place, made while they are read. */
export function* someBytes(size: number, chunkBytes = 65_536): Generator<Buffer> {
  for (let start = 0; start < size; start += chunkBytes) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, size - start));
    for (let at = 0; at < chunk.length; at++) chunk[at] = (start + at + ((start + at) >> 8)) % 251;
    yield chunk;
  }
}

export const content = (...chunks: (Uint8Array | string)[]): Readable => Readable.from(chunks);

/** Content that fails after so many bytes. */
export function failingContent(bytes: number, error: Error): Readable {
  return Readable.from(
    (function* () {
      yield* someBytes(bytes);
      throw error;
    })(),
    { objectMode: false },
  );
}

export async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const textOf = async (stream: AsyncIterable<Uint8Array>): Promise<string> =>
  (await bytesOf(stream)).toString('utf8');

/** Hash and length, for content that is too large to keep. */
export async function digestOf(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    bytes += chunk.byteLength;
  }
  return { bytes, sha256: hash.digest('hex') };
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
