/** What may be said to somebody who is not alone; it is counted, and no fault. */
const ofRaces: readonly string[] = ['CONFLICT', 'PLAN_STALE', 'BUSY', 'STALE_REVISION'];

/** What came of all requests. */
export class Tally {
  readonly done: Record<string, number> = {};
  readonly refused: Record<string, number> = {};
  readonly faults: string[] = [];
  /** Reads that saw one of several values that always change together as it was before, and another one as it is now. */
  mixtures = 0;

  /** Does it, and counts it under its name; answers nothing where it was refused or failed. */
  async count<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      const outcome = await work();
      this.done[name] = (this.done[name] ?? 0) + 1;
      return outcome;
    } catch (error) {
      this.note(name, error);
      return undefined;
    }
  }

  private note(name: string, error: unknown): void {
    const text = error instanceof Error ? `${error.message} ${causeOf(error)}` : String(error);
    const code = ofRaces.find((known) => text.includes(`"${known}"`));
    if (code) this.refused[code] = (this.refused[code] ?? 0) + 1;
    else this.faults.push(`${name}: ${text.slice(0, 500)}`);
  }
}

const causeOf = ({ cause }: Error): string => (cause instanceof Error ? cause.message : '');
