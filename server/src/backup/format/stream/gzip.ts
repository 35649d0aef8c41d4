import { constants, createGzip } from 'node:zlib';
import { anyEvent } from './any-event';
import { paddingFor } from './padding';

/** Packs a stream as one gzip member, level 1, in zlib's thread pool, padded as padding.ts says. */
export async function* gzipMember(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const packing = new Packing();
  const feeding = packing.feed(source).catch((error: Error) => packing.stop(error));
  const ending: Uint8Array[] = [];
  try {
    for (let taken = await packing.take(); taken; taken = await packing.take()) {
      if (taken.content.length > 0) yield taken.content;
      // Even an empty part of a piece would keep all of the piece in memory.
      if (taken.ending.length > 0) ending.push(taken.ending);
    }
    await feeding;
    yield Buffer.concat([paddingFor(packing.bytes), ...ending]);
  } finally {
    packing.stop();
  }
}

class Packing {
  private readonly gzip = createGzip({ level: 1, chunkSize: 256 * 1024 });
  private failure: Error | undefined;
  /** Bytes taken. */
  bytes = 0;
  /** Where the packed content ends, on a whole byte; only the ending of the member follows. */
  private contentBytes = Infinity;

  constructor() {
    this.gzip.on('error', (error) => (this.failure ??= error));
  }

  async feed(source: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of source) {
      if (this.gzip.destroyed) return;
      if (!this.gzip.write(chunk)) await anyEvent(this.gzip, 'drain', 'close');
    }
    await this.flushToWholeByte();
    this.contentBytes = this.bytes + this.gzip.readableLength;
    this.gzip.end();
  }

  /**
   * The next packed bytes; nothing at the end. Read by hand: an iterator over the stream would hold a piece that is
   * neither in the stream nor counted here.
   */
  async take(): Promise<{ content: Buffer; ending: Buffer } | undefined> {
    for (;;) {
      const chunk = this.gzip.read() as Buffer | null;
      if (chunk) return this.counted(chunk);
      if (this.failure) throw this.failure;
      if (this.gzip.readableEnded || this.gzip.destroyed) return undefined;
      await anyEvent(this.gzip, 'readable', 'end', 'close');
    }
  }

  stop(error?: Error): void {
    this.failure ??= error;
    this.gzip.destroy();
  }

  private counted(chunk: Buffer): { content: Buffer; ending: Buffer } {
    const cut = Math.max(0, this.contentBytes - this.bytes);
    this.bytes += chunk.length;
    return { content: chunk.subarray(0, cut), ending: chunk.subarray(cut) };
  }

  private async flushToWholeByte(): Promise<void> {
    const flushed = new Promise<void>((resolve) => this.gzip.flush(constants.Z_SYNC_FLUSH, resolve));
    await Promise.race([flushed, anyEvent(this.gzip, 'close')]);
  }
}
