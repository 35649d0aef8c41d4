import { setImmediate as nextTurn } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { type SqliteConnection, sqliteDataSource } from './data-source';
import { type Database, type Db, RolledBack, type SqlValue } from './database';
import { mustKnowSchema, noteSchema } from './schema-age';

/**
 * The embedded database.
 *
 * TypeORM sends everything of one data source through one SQLite connection, where a second transaction would
 * silently become a savepoint of the first. So there are separate connections: one for the only writer, one for
 * readers, and one for each snapshot.
 */
export class SqliteDatabase implements Database {
  readonly dialect = 'sqlite';
  private lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly dataDir: string,
    private readonly writer: DataSource,
    private readonly reader: DataSource,
  ) {}

  /** Opens the file in the data directory, making it where there is none, and migrates it. */
  static async open(dataDir: string): Promise<SqliteDatabase> {
    const writer = await sqliteDataSource(dataDir, 'write').initialize();
    await withRunner(writer, (runner) => migrateSqlite(writer, runner));
    return new SqliteDatabase(dataDir, writer, await sqliteDataSource(dataDir, 'read').initialize());
  }

  read<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return withRunner(this.reader, (runner) => work(new SqliteDb(runner)));
  }

  transaction<T>(work: (db: Db) => Promise<T | RolledBack<T>>): Promise<T> {
    // Each commit waits for the disk; without a pause all writers in line would be served in one go.
    const turn = this.lastWrite
      .then(() => nextTurn())
      .then(() => withRunner(this.writer, (runner) => inTransaction(runner, 'BEGIN IMMEDIATE', work)));
    this.lastWrite = turn.catch(() => undefined);
    return turn;
  }

  async snapshot<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const source = await sqliteDataSource(this.dataDir, 'read').initialize();
    try {
      return await withRunner(source, (runner) => inTransaction(runner, 'BEGIN', work));
    } finally {
      await source.destroy();
    }
  }

  async close(): Promise<void> {
    await this.lastWrite;
    await this.reader.destroy();
    await this.writer.destroy();
  }
}

/** Runs the migrations that are missing. Throws `UnfitDatabase`. */
export async function migrateSqlite(source: DataSource, runner: QueryRunner): Promise<void> {
  const executor = new MigrationExecutor(source, runner);
  await mustKnowSchema(runner, await executor.getExecutedMigrations());
  executor.transaction = 'each';
  const executed = await executor.executePendingMigrations();
  if (executed.length > 0) await noteSchema(runner);
}

async function withRunner<T>(source: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
  }
}

async function inTransaction<T>(
  runner: QueryRunner,
  begin: 'BEGIN' | 'BEGIN IMMEDIATE',
  work: (db: Db) => Promise<T | RolledBack<T>>,
): Promise<T> {
  await runner.query(begin);
  let outcome: T | RolledBack<T>;
  try {
    outcome = await work(new SqliteDb(runner));
    await runner.query(outcome instanceof RolledBack ? 'ROLLBACK' : 'COMMIT');
  } catch (error) {
    // A failed statement (disk full, say) may have ended the transaction already.
    await runner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  return outcome instanceof RolledBack ? outcome.value : outcome;
}

class SqliteDb implements Db {
  readonly dialect = 'sqlite';

  constructor(private readonly runner: QueryRunner) {}

  get manager() {
    return this.runner.manager;
  }

  async rows(sql: string, parameters: readonly SqlValue[] = []): Promise<unknown[][]> {
    const statement = (await this.connection()).prepare(sql).raw();
    try {
      return statement.all(...parameters.map(bindable));
    } finally {
      statement.raw(false);
    }
  }

  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return (await this.connection()).prepare(sql).run(...parameters.map(bindable)).changes;
  }

  private connection(): Promise<SqliteConnection> {
    return this.runner.connect() as Promise<SqliteConnection>;
  }
}

/** better-sqlite3 binds neither booleans nor dates; dates are written as TypeORM writes them. */
function bindable(value: SqlValue): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Date ? value.toISOString().replace('T', ' ').replace('Z', '') : value;
}
