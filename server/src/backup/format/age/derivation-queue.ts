/** Too many people derive keys at this moment. Nothing was done; trying again in a few seconds helps. */
export class DerivationBusy extends Error {
  override readonly name = 'DerivationBusy';
  readonly code = 'BUSY';

  constructor() {
    super('Several backups are being opened or started at this moment. Try again in a few seconds.');
  }
}

/**
 * Lets one key derivation run at a time: each takes about a second of processor and 256 MiB. A few wait in turn; more
 * are refused.
 */
export class DerivationQueue {
  private readonly waiting: (() => void)[] = [];
  private isTaken = false;

  constructor(private readonly places: number) {}

  /**
   * Waits for the turn; call what it resolves with when the derivation is over (calling it twice is harmless).
   *
   * @throws DerivationBusy when all places in the queue are taken
   */
  async turn(): Promise<() => void> {
    if (this.isTaken) {
      if (this.waiting.length >= this.places) throw new DerivationBusy();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.isTaken = true;

    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.passOn();
    };
  }

  private passOn(): void {
    const next = this.waiting.shift();
    // The place stays taken while it is handed over, so nobody can slip in between.
    if (next) next();
    else this.isTaken = false;
  }
}

/** The one queue of this process. */
export const derivations = new DerivationQueue(4);
