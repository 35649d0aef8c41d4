/**
 * The same pieces, read on while nobody asks for them until so many bytes wait. Nothing is read before the first one is
 * asked for. Ended early, it ends the source once the piece under way is there, and does not wait for that.
 *
 * @throws errors of the source as they are, after the pieces before them
 */
export async function* readAhead(
  source: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<Uint8Array> {
  const reading = new Reading(source, mostBytes);
  try {
    for (let piece = await reading.take(); piece; piece = await reading.take()) yield piece;
  } finally {
    reading.stop();
  }
}

class Reading {
  private readonly waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private isOver = false;
  private failure: { error: unknown } | undefined;
  private wakeReader: (() => void) | undefined;
  private wakeTaker: (() => void) | undefined;

  constructor(
    source: AsyncIterable<Uint8Array>,
    private readonly mostBytes: number,
  ) {
    void this.read(source);
  }

  /** The next piece; nothing at the end. */
  async take(): Promise<Uint8Array | undefined> {
    while (this.waiting.length === 0 && !this.isOver)
      await new Promise<void>((resolve) => (this.wakeTaker = resolve));
    const piece = this.waiting.shift();
    if (!piece && this.failure) throw this.failure.error;
    this.waitingBytes -= piece?.length ?? 0;
    this.wakeReader?.();
    return piece;
  }

  stop(): void {
    this.isOver = true;
    this.wakeReader?.();
  }

  private async read(source: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const piece of source) {
        this.waiting.push(piece);
        this.waitingBytes += piece.length;
        this.wakeTaker?.();
        while (this.waitingBytes >= this.mostBytes && !this.isOver)
          await new Promise<void>((resolve) => (this.wakeReader = resolve));
        if (this.isOver) return;
      }
    } catch (error) {
      this.failure = { error };
    }
    this.isOver = true;
    this.wakeTaker?.();
  }
}
