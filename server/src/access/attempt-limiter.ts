import { RateLimited } from '../refusal';
import { type Database, type Db } from '../storage/database';
import { AttemptEntity } from './attempt.entity';
import { type Clock, shifted } from './clock';
import { isDuplicateRow } from './duplicate-row';
import { hashOfSecret } from './secret-token';

/** How many tries within which time. */
export interface AttemptLimit {
  tries: number;
  /** In milliseconds, from the first try on. */
  within: number;
}

/** What is counted: the kind of try, and on what. */
export interface AttemptSubject {
  /** For example `sign-in`. */
  kind: string;
  /** For example an e-mail or an address; only its hash is stored. */
  of: string;
}

/** Limits tries at guessing, on all servers of one database together. */
export class AttemptLimiter {
  constructor(
    private readonly database: Database,
    private readonly now: Clock,
  ) {}

  /**
   * Counts a try before it is made, so that tries at the same time cannot slip through together.
   * Throws `RateLimited` when there are none left in this window. Give a try that was no guess back.
   */
  async take(subject: AttemptSubject, limit: AttemptLimit): Promise<void> {
    const now = this.now();
    const key = keyOf(subject);
    const { count, windowEndsAt } = await this.counted(key, now, shifted(now, limit.within));
    if (count > limit.tries) {
      const seconds = Math.max(1, Math.ceil((windowEndsAt.getTime() - now.getTime()) / 1000));
      throw new RateLimited(`Too many tries. Wait ${Math.ceil(seconds / 60)} min and try again.`, seconds);
    }
  }

  /** Takes one try back: it turned out to be right. */
  async giveBack(subject: AttemptSubject): Promise<void> {
    await this.database.transaction((db) =>
      db.run('UPDATE attempt SET count = count - 1 WHERE subject = ? AND count > 0', [keyOf(subject)]),
    );
  }

  /** Forgets all tries. */
  async clear(subject: AttemptSubject): Promise<void> {
    await this.database.transaction((db) =>
      db.run('DELETE FROM attempt WHERE subject = ?', [keyOf(subject)]),
    );
  }

  private async counted(key: string, now: Date, windowEnd: Date): Promise<AttemptEntity> {
    for (;;) {
      try {
        return await this.database.transaction((db) => countOne(db, key, now, windowEnd));
      } catch (error) {
        // Another server made the row in the same moment: now there is one to count in.
        if (!isDuplicateRow(error)) throw error;
      }
    }
  }
}

async function countOne(db: Db, subject: string, now: Date, windowEnd: Date): Promise<AttemptEntity> {
  // The count comes first: MySQL evaluates from left to right and would already see the new window.
  const counted = await db.run(
    `UPDATE attempt SET count = CASE WHEN window_ends_at > ? THEN count + 1 ELSE 1 END,
            window_ends_at = CASE WHEN window_ends_at > ? THEN window_ends_at ELSE ? END
      WHERE subject = ?`,
    [now, now, windowEnd, subject],
  );
  if (counted === 0) await db.manager.insert(AttemptEntity, { subject, count: 1, windowEndsAt: windowEnd });
  return db.manager.findOneByOrFail(AttemptEntity, { subject });
}

const keyOf = ({ kind, of }: AttemptSubject): string => `${kind}:${hashOfSecret(of)}`;
