import { type DataSource } from 'typeorm';
import { SafeModePresenceEntity } from '../../safe-mode/safe-mode.entity';
import { ServerProcessEntity } from '../../servers/server-process.entity';
import { type SqliteConnection, sqliteDataSource } from '../data-source';
import { migrateSqlite } from '../sqlite-database';
import { RefusedMove } from './refused-move';

/** Rows that say who is there at this moment: of the old server they are not true any more. */
const passing = new Set<unknown>([ServerProcessEntity, SafeModePresenceEntity]);

/** A table as it is copied: its columns, and the key that its rows are ordered by. */
export interface MovedTable {
  name: string;
  columns: readonly string[];
  key: readonly string[];
  /** Columns whose numbers databases may write in different ways. */
  fractions: ReadonlySet<string>;
}

/** The embedded database, which nobody else uses meanwhile. */
export class EmbeddedSource {
  private constructor(
    private readonly source: DataSource,
    private readonly connection: SqliteConnection,
    /** Those that are copied, each after those that it refers to. */
    readonly tables: readonly MovedTable[],
  ) {}

  /** Opens the database and migrates it to this version. Throws `RefusedMove` while a server runs on it. */
  static async open(dataDir: string): Promise<EmbeddedSource> {
    const source = await alone(dataDir);
    try {
      const runner = source.createQueryRunner();
      await migrateSqlite(source, runner);
      const connection = (await runner.connect()) as SqliteConnection;
      return new EmbeddedSource(source, connection, inOrder(source, connection));
    } catch (error) {
      await source.destroy();
      throw error;
    }
  }

  /** Rows in the order of the key; integers are big ones. */
  rows({ name, columns, key }: MovedTable): IterableIterator<unknown[]> {
    const sql = `SELECT ${quoted(columns)} FROM ${quoted([name])} ORDER BY ${quoted(key)}`;
    return this.connection.prepare(sql).raw().safeIntegers().iterate();
  }

  /** What the installation notes under this name. */
  note(name: string): unknown {
    return this.connection.prepare('SELECT value FROM installation WHERE name = ?').raw().all(name)[0]?.[0];
  }

  close(): Promise<void> {
    return this.source.destroy();
  }
}

async function alone(dataDir: string): Promise<DataSource> {
  try {
    return await sqliteDataSource(dataDir, 'alone').initialize();
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw new RefusedMove(`A server runs on ${dataDir}: stop it first.`);
  }
}

/** Names for SQLite as for MySQL, where some of them have another meaning. */
export const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function inOrder(source: DataSource, connection: SqliteConnection): MovedTable[] {
  const lasting = source.entityMetadatas.filter(({ target }) => !passing.has(target));
  const waiting = lasting.map(({ tableName, columns, primaryColumns }): MovedTable => ({
    name: tableName,
    columns: columns.map(({ databaseName }) => databaseName),
    key: primaryColumns.map(({ databaseName }) => databaseName),
    fractions: new Set(
      columns.filter(({ type }) => type === 'double').map(({ databaseName }) => databaseName),
    ),
  }));
  const ordered: MovedTable[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ name }) =>
      referredBy(connection, name).every(
        (other) => other === name || ordered.some((done) => done.name === other),
      ),
    );
    // Tables that refer to each other in a circle could not be filled row by row either.
    if (next < 0)
      throw new Error(
        `Tables refer to each other in a circle: ${waiting.map(({ name }) => name).join(', ')}`,
      );
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

const referredBy = (connection: SqliteConnection, table: string): string[] =>
  connection
    .prepare('SELECT "table" FROM pragma_foreign_key_list(?)')
    .raw()
    .all(table)
    .map(([name]) => name as string);
