/**
 * Lets work begin one piece in each turn of the event loop, in the order of asking. The embedded database answers at
 * once, so a request is served in one go: without this, timers and everybody else would wait for all that came together.
 */
export class OneInATurn {
  private readonly waiting: (() => void)[] = [];

  /** Resolves when it is the asker's turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.push(resolve) === 1) setImmediate(() => this.next());
    });
  }

  private next(): void {
    this.waiting.shift()!();
    if (this.waiting.length > 0) setImmediate(() => this.next());
  }
}
