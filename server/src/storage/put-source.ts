import { Readable } from 'node:stream';

/** Content on its way into a store: counts it, and tells faults of the content from faults of the store. */
export class PutSource {
  /** Bytes that have passed. */
  bytes = 0;
  /** What the content failed with. */
  fault: { error: unknown } | undefined;

  constructor(private readonly content: Readable) {}

  stream(): Readable {
    return Readable.from(this.chunks(), { objectMode: false });
  }

  /** Nobody will read it any further. */
  close(): void {
    this.content.destroy();
  }

  private async *chunks(): AsyncGenerator<Uint8Array> {
    const content = this.content[Symbol.asyncIterator]() as AsyncIterator<Uint8Array | string>;
    for (;;) {
      const next = await content.next().catch((error: unknown) => {
        this.fault = { error };
        throw error;
      });
      if (next.done) return;
      const chunk = typeof next.value === 'string' ? Buffer.from(next.value) : next.value;
      this.bytes += chunk.byteLength;
      yield chunk;
    }
  }
}
