/** Lets works on the same thing run one after another in this process. */
export class Turns {
  private readonly lines = new Map<string, Promise<void>>();

  /** @param patience whoever has waited so long for those before goes ahead, ms */
  constructor(private readonly patience: number) {}

  async take<T>(thing: string, work: () => Promise<T>): Promise<T> {
    const before = this.lines.get(thing);
    let leave = (): void => undefined;
    const mine = new Promise<void>((resolve) => (leave = resolve));
    const line = before ? before.then(() => mine) : mine;
    this.lines.set(thing, line);
    try {
      if (before) await this.waited(before);
      return await work();
    } finally {
      leave();
      if (this.lines.get(thing) === line) this.lines.delete(thing);
    }
  }

  private async waited(before: Promise<void>): Promise<void> {
    let impatience: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      impatience = setTimeout(resolve, this.patience);
    });
    await Promise.race([before, enough]);
    clearTimeout(impatience);
  }
}
