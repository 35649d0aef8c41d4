/** Does something again and again, with a pause after each time; a round that fails does not end the next. */
export class Rounds {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopping = false;

  constructor(private readonly reportFault: (error: unknown) => void) {}

  /** Begins at once. @param pause in milliseconds */
  every(pause: number, round: () => Promise<unknown>): void {
    if (this.stopping) return;
    const done = round()
      .then(() => undefined)
      .catch((error: unknown) => this.reportFault(error))
      .finally(() => {
        this.running.delete(done);
        this.later(pause, round);
      });
    this.running.add(done);
  }

  /** Waits for the rounds that run now; no more follow. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.all(this.running);
  }

  private later(pause: number, round: () => Promise<unknown>): void {
    if (this.stopping) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.every(pause, round);
    }, pause);
    this.timers.add(timer);
  }
}
