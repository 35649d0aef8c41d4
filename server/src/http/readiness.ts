import { type Database } from '../storage/database';

/** How long a probe waits for the database, ms. */
const patience = 2_000;
/** For so long an answer of the database is taken for the present one, ms. */
const freshness = 1_000;

/** What a server lacks to serve. */
export type Missing = 'database' | 'stopping';

/**
 * Whether this server can serve. However many ask, the database is asked once at a time, and one that hangs does not
 * keep anybody waiting.
 */
export class Readiness {
  private stopping = false;
  private asking: Promise<boolean> | undefined;
  private latest: { answers: boolean; at: number } | undefined;

  constructor(private readonly database: Database) {}

  /** From now on the answer is no, so that no new requests are sent here. */
  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Nothing where all is well. */
  async missing(): Promise<Missing | undefined> {
    if (this.stopping) return 'stopping';
    return (await this.databaseAnswers()) ? undefined : 'database';
  }

  private async databaseAnswers(): Promise<boolean> {
    if (this.latest && performance.now() - this.latest.at < freshness) return this.latest.answers;
    // A question that hangs stays the only one until it comes to an end.
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return within(patience, this.asking);
  }

  private async ask(): Promise<boolean> {
    const answers = await this.database
      .read((db) => db.rows('SELECT 1'))
      .then(
        () => true,
        () => false,
      );
    this.latest = { answers, at: performance.now() };
    return answers;
  }
}

/** The answer, or no when it takes too long. */
async function within(milliseconds: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
