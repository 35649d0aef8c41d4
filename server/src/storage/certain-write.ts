import { setTimeout as pause } from 'node:timers/promises';
import { ServiceUnavailable } from '../refusal';
import { type Database, type Db, RolledBack } from './database';

/** How long is waited before each time that the database is asked what came of a write, ms. */
const pauses = [0, 100, 300, 1_000, 2_000];

/** The connection was lost while a transaction was committed: it may be in force or not. */
export class CommitInDoubt extends ServiceUnavailable {
  constructor(override readonly cause: unknown) {
    super(
      'The database could not be reached any more at the last moment: it is not known whether this was done. ' +
        'Look at it again before you repeat it.',
    );
  }
}

/**
 * As `transaction` of the database; where the connection is lost at the commit, finds out what came of it, and answers
 * or throws `SERVICE_UNAVAILABLE` accordingly. Throws `CommitInDoubt` only where the database stays away.
 *
 * @param isDone whether what the work answered is in force. Must change a row that the work wrote before it looks
 * (`holdRows`): so it waits for a commit that is still under way, and one that comes later still, at another node of a
 * cluster, fails there
 */
export async function certainWrite<T>(
  database: Database,
  work: (db: Db) => Promise<T | RolledBack<T>>,
  isDone: (db: Db, answer: T) => Promise<boolean>,
): Promise<T> {
  let answer: T | undefined;
  try {
    return await database.transaction(async (db) => {
      const outcome = await work(db);
      answer = outcome instanceof RolledBack ? outcome.value : outcome;
      return outcome;
    });
  } catch (error) {
    if (!(error instanceof CommitInDoubt)) throw error;
    // There is an answer: else nothing would have been committed.
    if (await isTrue(database, error, (db) => isDone(db, answer as T))) return answer as T;
    throw new ServiceUnavailable();
  }
}

async function isTrue(
  database: Database,
  doubt: CommitInDoubt,
  isDone: (db: Db) => Promise<boolean>,
): Promise<boolean> {
  for (const milliseconds of pauses) {
    await pause(milliseconds);
    try {
      return await database.transaction(isDone);
    } catch {
      // Still away.
    }
  }
  throw doubt;
}
