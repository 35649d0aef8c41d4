import { Busy } from './refusal';

/** Lets a few works of one sort run at a time; a few more wait in turn, the rest is refused. */
export class Lane {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly atATime: number,
    private readonly places: number,
  ) {}

  /** Does the work in its turn. Throws `Busy` when as many wait as may. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    this.mustHaveRoom();
    await this.enter();
    try {
      return await work();
    } finally {
      this.leave();
    }
  }

  /** Throws `Busy` when as many wait as may. */
  mustHaveRoom(): void {
    if (this.running >= this.atATime && this.queue.length >= this.places) throw new Busy();
  }

  /** Waits for the turn; the signal ends the waiting with its reason. */
  async enter(signal?: AbortSignal): Promise<void> {
    if (this.running < this.atATime) {
      this.running++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        this.queue.splice(this.queue.indexOf(turn), 1);
        reject(signal?.reason as Error);
      };
      this.queue.push(turn);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  leave(): void {
    const next = this.queue.shift();
    // The place is handed on, so that nobody slips in between.
    if (next) next();
    else this.running--;
  }
}
