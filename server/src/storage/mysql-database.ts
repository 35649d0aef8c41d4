import { setTimeout as pause } from 'node:timers/promises';
import { type PoolConnection, type ResultSetHeader } from 'mysql2';
import { type DataSource, type QueryRunner } from 'typeorm';
import { CommitInDoubt } from './certain-write';
import { mysqlDataSource, sessionSettings } from './data-source';
import { isConnectionLost } from './database-away';
import { type Database, type Db, type Dialect, RolledBack, type SqlValue } from './database';

const attempts = 6;

/** MySQL, MariaDB and clusters that speak their protocol. */
export class MysqlDatabase implements Database {
  readonly dialect: Dialect;
  /** Connections of the pool that have been told how we want to be served. */
  private readonly prepared = new WeakSet<object>();

  private constructor(private readonly source: DataSource) {
    this.dialect = source.options.type === 'mariadb' ? 'mariadb' : 'mysql';
  }

  /** Connects to the server and migrates; `url` names an existing database. */
  static async open(url: string): Promise<MysqlDatabase> {
    const database = new MysqlDatabase(await (await mysqlDataSource(url)).initialize());
    await database.migrate();
    return database;
  }

  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.withRunner((runner) => work(new MysqlDb(this.dialect, runner)));
  }

  async transaction<T>(work: (db: Db) => Promise<T | RolledBack<T>>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.withRunner((runner) => this.inTransaction(runner, 'START TRANSACTION', work));
      } catch (error) {
        if (attempt === attempts || !lostARace(error)) throw error;
        await pause(10 * 2 ** attempt * Math.random());
      }
    }
  }

  snapshot<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.withRunner(async (runner) => {
      await runner.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      return this.inTransaction(runner, 'START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY', work);
    });
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }

  /** Several servers may start at once: a lock named after the database lets one of them migrate, the others wait. */
  private async migrate(): Promise<void> {
    const lock = "CONCAT('safeboard-', SHA1(DATABASE()))";
    await this.withRunner(async (runner) => {
      const [answer] = (await runner.query(`SELECT GET_LOCK(${lock}, 300) AS got`)) as { got: unknown }[];
      if (Number(answer?.got) !== 1)
        throw new Error('Another server has been migrating this database for 5 minutes.');
      try {
        await this.source.runMigrations({ transaction: 'each' });
      } finally {
        await runner.query(`SELECT RELEASE_LOCK(${lock})`);
      }
    });
  }

  private async inTransaction<T>(
    runner: QueryRunner,
    begin: string,
    work: (db: Db) => Promise<T | RolledBack<T>>,
  ): Promise<T> {
    await runner.query(begin);
    try {
      const outcome = await work(new MysqlDb(this.dialect, runner));
      if (outcome instanceof RolledBack) await runner.query('ROLLBACK');
      else await commit(runner);
      return outcome instanceof RolledBack ? outcome.value : outcome;
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async withRunner<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await this.prepare(runner);
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  private async prepare(runner: QueryRunner): Promise<void> {
    const connection = (await runner.connect()) as object;
    if (this.prepared.has(connection)) return;
    for (const setting of sessionSettings) await runner.query(setting);
    this.prepared.add(connection);
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
    const connection = await this.connection();
    return new Promise((resolve, reject) => {
      connection.query<unknown[][] & ResultSetHeader>(
        { sql, values: [...parameters], rowsAsArray: true },
        (error, rows) => (error ? reject(error) : resolve(rows)),
      );
    });
  }

  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    const connection = await this.connection();
    return new Promise((resolve, reject) => {
      connection.query<ResultSetHeader>({ sql, values: [...parameters] }, (error, result) =>
        error ? reject(error) : resolve(result.affectedRows),
      );
    });
  }

  private connection(): Promise<PoolConnection> {
    return this.runner.connect() as Promise<PoolConnection>;
  }
}

/** Throws `CommitInDoubt` where no answer came. */
async function commit(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('COMMIT');
  } catch (error) {
    throw isConnectionLost(error) ? new CommitInDoubt(error) : error;
  }
}

/** Deadlock (1213) and a write that a cluster node certified first: the whole transaction may simply be run again. */
function lostARace(error: unknown): boolean {
  const { errno, driverError } = error as { errno?: number; driverError?: { errno?: number } };
  return (errno ?? driverError?.errno) === 1213;
}
