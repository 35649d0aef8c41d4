import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { isDuplicateRow } from '../access/duplicate-row';
import { isDatabaseBusy } from './database-away';
import { mustKnowSchema, noteSchema } from './schema-age';

/** How often the holder shows that it is at work, and how often others look, ms. */
const beat = 1_000;
/** Who shows nothing at so many looks in a row is taken for dead. */
const mostLooks = 30;
/** How long a change of a table waits for those who use it, seconds; whoever comes after it waits behind it. */
const tableWait = 5;
const mostTries = 60;

/**
 * Runs the migrations that are missing, on one server at a time.
 *
 * The lock is a row and not GET_LOCK, which the nodes of a cluster know nothing of from each other. Its holder counts it
 * up while it works. Others count how often they find it unchanged: so clocks do not matter, nor how long the cluster
 * stands still while it changes a table, because then it does not answer those who look either.
 */
export async function migrateMysql(source: DataSource): Promise<void> {
  await withRunner(source, async (runner) => {
    const executor = new MigrationExecutor(source, runner);
    await mustKnowSchema(runner, await executor.getExecutedMigrations());
    if ((await executor.getPendingMigrations()).length === 0) return;
    await withLease(source, runner, async (lease) => {
      await runner.query(`SET SESSION lock_wait_timeout = ${tableWait}`);
      // Read again: another server may have been faster.
      for (const migration of await executor.getPendingMigrations()) {
        await lease.mustHold();
        await patiently(() => executor.executeMigration(migration));
      }
      await noteSchema(runner);
      await runner.query('SET SESSION lock_wait_timeout = 30');
    });
  });
}

async function withLease(
  source: DataSource,
  runner: QueryRunner,
  work: (lease: MigrationLease) => Promise<void>,
): Promise<void> {
  const lease = new MigrationLease(source);
  await lease.take(runner);
  try {
    await work(lease);
  } finally {
    await lease.end(runner);
  }
}

/** The right to migrate: the only row of its table. */
class MigrationLease {
  private readonly holder = randomUUID();
  private readonly ended = new AbortController();
  private beating = Promise.resolve();

  constructor(private readonly source: DataSource) {}

  async take(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE IF NOT EXISTS migration_lease (id INTEGER NOT NULL PRIMARY KEY, holder VARCHAR(36) NOT NULL, beats INTEGER NOT NULL)',
    );
    let seen = '';
    for (let looks = 0; !(await this.isTaken(runner)); looks++) {
      const present = await stateOf(runner);
      if (present !== seen) looks = 0;
      seen = present;
      if (looks >= mostLooks)
        await runner.query('DELETE FROM migration_lease WHERE CONCAT(holder, beats) = ?', [seen]);
      else await pause(beat);
    }
    this.beating = this.keep();
  }

  /** Throws where another server has taken this one for dead. */
  async mustHold(): Promise<void> {
    if (!(await withRunner(this.source, (runner) => this.isHeld(runner)))) {
      throw new Error('Another server migrates the database now: this one was stuck for too long.');
    }
  }

  async end(runner: QueryRunner): Promise<void> {
    this.ended.abort();
    await this.beating;
    // Where that fails, others find out by looking.
    await runner.query('DELETE FROM migration_lease WHERE holder = ?', [this.holder]).catch(() => undefined);
  }

  private async isTaken(runner: QueryRunner): Promise<boolean> {
    try {
      await runner.query('INSERT INTO migration_lease (id, holder, beats) VALUES (1, ?, 0)', [this.holder]);
      return true;
    } catch (error) {
      if (isDuplicateRow(error) || isDatabaseBusy(error)) return false;
      throw error;
    }
  }

  private async isHeld(runner: QueryRunner): Promise<boolean> {
    const { affectedRows } = (await runner.query(
      'UPDATE migration_lease SET beats = beats + 1 WHERE holder = ?',
      [this.holder],
    )) as { affectedRows: number };
    return affectedRows > 0;
  }

  /** A beat that fails is no harm: what counts is asked before each migration. */
  private async keep(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      await pause(beat, undefined, { signal }).catch(() => undefined);
      await withRunner(this.source, (runner) => this.isHeld(runner)).catch(() => undefined);
    }
  }
}

async function stateOf(runner: QueryRunner): Promise<string> {
  const rows = (await runner.query('SELECT CONCAT(holder, beats) AS state FROM migration_lease')) as {
    state: string;
  }[];
  return rows[0]?.state ?? '';
}

/** A table that is in use, by an export say, does not keep everybody else waiting for longer than a moment. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === mostTries || !isDatabaseBusy(error)) throw error;
      await pause(beat);
    }
  }
}

async function withRunner<T>(source: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}
