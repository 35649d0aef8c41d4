import { setTimeout as pause } from 'node:timers/promises';
import { type PoolConnection } from 'mysql2';
import { type DataSource, type QueryRunner } from 'typeorm';
import { CommitInDoubt } from './certain-write';
import { mysqlDataSource } from './data-source';
import { isLostRace, isNodeFault } from './database-away';
import { type DatabaseAddress } from './database-url';
import { type Database, type Db, type Dialect, RolledBack, type SqlValue } from './database';
import { mustBeFit, mustCompareBytes } from './mysql-fitness';
import { migrateMysql } from './mysql-migration';
import { MysqlPool } from './mysql-pool';
import { execute, executePrepared, rowsOf } from './mysql-session';

const attempts = 8;
const longestPause = 500;
/** From then on no other node is tried, ms: whoever asked waits. */
const patience = 5_000;

/**
 * A pool of connections to a server that fits, and TypeORM on it, which is still to be initialised. Throws
 * `UnfitDatabase`.
 *
 * @param largestValue bytes of the largest value that is written
 */
export async function connectMysql(address: DatabaseAddress, largestValue: number) {
  const pool = new MysqlPool(address);
  try {
    const dialect = await mustBeFit(pool, largestValue);
    return { pool, dialect, source: mysqlDataSource(pool, dialect, address.database) };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

/** MySQL, MariaDB and clusters that speak their protocol. */
export class MysqlDatabase implements Database {
  private constructor(
    readonly dialect: Dialect,
    private readonly pool: MysqlPool,
    private readonly source: DataSource,
  ) {}

  /** Connects to an existing database and migrates it. Throws `UnfitDatabase`. */
  static async open(address: DatabaseAddress, largestValue: number): Promise<MysqlDatabase> {
    const { pool, dialect, source } = await connectMysql(address, largestValue);
    try {
      await source.initialize();
      await mustCompareBytes(source);
      await migrateMysql(source);
    } catch (error) {
      await pool.close();
      throw error;
    }
    return new MysqlDatabase(dialect, pool, source);
  }

  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return again(() => this.withRunner((runner) => work(new MysqlDb(this.dialect, runner))), isNodeFault);
  }

  transaction<T>(work: (db: Db) => Promise<T | RolledBack<T>>): Promise<T> {
    return again(
      () => this.withRunner((runner) => this.inTransaction(runner, 'START TRANSACTION', work)),
      (error) => isNodeFault(error) || isLostRace(error),
    );
  }

  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T> {
    let begun = false;
    return again(
      () =>
        this.withRunner(async (runner) => {
          await runner.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
          // Without READ ONLY, which TiDB's grammar does not have beside it.
          return this.inTransaction(runner, 'START TRANSACTION WITH CONSISTENT SNAPSHOT', (db) => {
            begun = true;
            return work(db);
          });
        }),
      // It may be long, and hand out what it reads as it goes.
      (error) => !begun && isNodeFault(error),
    );
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }

  private async inTransaction<T>(
    runner: QueryRunner,
    begin: string,
    work: (db: Db) => Promise<T | RolledBack<T>>,
  ): Promise<T> {
    await runner.query(begin);
    let outcome: T | RolledBack<T>;
    try {
      outcome = await work(new MysqlDb(this.dialect, runner));
    } catch (error) {
      await this.rollBack(runner);
      throw error;
    }
    if (outcome instanceof RolledBack) {
      await this.rollBack(runner);
      return outcome.value;
    }
    await this.commit(runner);
    return outcome;
  }

  private async commit(runner: QueryRunner): Promise<void> {
    try {
      await runner.query('COMMIT');
    } catch (error) {
      if (isLostRace(error)) throw error;
      // Also where a node says that it could not: whether the others have it is not known.
      this.pool.discard(await connectionOf(runner));
      throw new CommitInDoubt(error);
    }
  }

  /** Whatever keeps the server from rolling back: it does when the connection ends. */
  private async rollBack(runner: QueryRunner): Promise<void> {
    try {
      await runner.query('ROLLBACK');
    } catch {
      this.pool.discard(await connectionOf(runner));
    }
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const connection = await connectionOf(runner);
      try {
        return await work(runner);
      } catch (error) {
        if (isNodeFault(error)) this.pool.discard(connection);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

class MysqlDb implements Db {
  constructor(
    readonly dialect: Dialect,
    private readonly runner: QueryRunner,
  ) {}

  get manager() {
    return this.runner.manager;
  }

  async rows(sql: string, parameters: readonly SqlValue[] = []): Promise<unknown[][]> {
    return rowsOf(await connectionOf(this.runner), sql, parameters);
  }

  async run(sql: string, parameters: readonly SqlValue[] = [], often = false): Promise<number> {
    const connection = await connectionOf(this.runner);
    return (await (often ? executePrepared : execute)(connection, sql, parameters)).affectedRows;
  }
}

const connectionOf = (runner: QueryRunner) => runner.connect() as Promise<PoolConnection>;

/** Does the work again, a little later each time, while it fails for a reason that passes. */
async function again<T>(work: () => Promise<T>, passes: (error: unknown) => boolean): Promise<T> {
  const begun = Date.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || Date.now() - begun > patience || !passes(error)) throw error;
    }
    await pause(Math.min(10 * 2 ** attempt, longestPause) * Math.random());
  }
}
