import { Readable } from 'node:stream';

export interface ObjectStreamOptions {
  /** What the reader is told instead of what the store's stream failed with. */
  faultOf: (error: unknown) => unknown;
  /** How long the store may take for the next bytes once they are asked for, ms; none: as long as it likes. */
  patience?: number;
}

/**
 * The content of an object on its way to a reader. Only the store's own time counts: a reader may be as slow as it
 * likes.
 */
export function objectStream(content: Readable, options: ObjectStreamOptions): Readable {
  const stream = Readable.from(chunksOf(content, options), { objectMode: false });
  // Also where nobody has begun to read: then the generator never runs.
  stream.once('close', () => content.destroy());
  content.on('error', () => undefined);
  return stream;
}

async function* chunksOf(
  content: Readable,
  { faultOf, patience }: ObjectStreamOptions,
): AsyncGenerator<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    const impatience = patience && setTimeout(() => content.destroy(new Stalled(patience)), patience);
    const next = await chunks
      .next()
      .catch((error: unknown) => {
        throw faultOf(error);
      })
      .finally(() => clearTimeout(impatience));
    if (next.done) return;
    yield next.value;
  }
}

class Stalled extends Error {
  constructor(patience: number) {
    super(`No bytes came for ${patience} ms`);
  }
}
