import { type DataSource } from 'typeorm';
import { insertRows } from '../bulk-rows';
import { type Db, type SqlValue } from '../database';
import { addressOf } from '../database-url';
import { connectMysql, MysqlDatabase } from '../mysql-database';
import { type MysqlPool } from '../mysql-pool';
import { type MovedTable, quoted } from './embedded-source';
import { RefusedMove } from './refused-move';

/** The database that is moved to. */
export class EmptyTarget {
  private constructor(
    private readonly database: MysqlDatabase,
    private readonly pool: MysqlPool,
    private readonly source: DataSource,
  ) {}

  /** Makes the tables. Throws `RefusedMove` where there are any, and `UnfitDatabase`. */
  static async open(databaseUrl: string, largestValue: number): Promise<EmptyTarget> {
    const address = addressOf(databaseUrl);
    const { pool, source } = await connectMysql(address, largestValue);
    let wasEmpty = false;
    try {
      await source.initialize();
      const present = await source.query<object[]>('SHOW TABLES');
      if (present.length > 0) {
        throw new RefusedMove(
          `The database ${address.database} has tables already, and nothing in it was changed. Name an empty one in DATABASE_URL.`,
        );
      }
      wasEmpty = true;
      return new EmptyTarget(await MysqlDatabase.open(address, largestValue), pool, source);
    } catch (error) {
      if (wasEmpty) await source.dropDatabase();
      await pool.close();
      throw error;
    }
  }

  /** What the migrations themselves noted comes with the rest. */
  async clearNotes(): Promise<void> {
    await this.database.transaction((db) => db.run('DELETE FROM installation'));
  }

  /** In a transaction of their own: clusters want small ones. */
  async insert({ name, columns }: MovedTable, rows: readonly SqlValue[][]): Promise<void> {
    await this.database.transaction((db: Db) =>
      insertRows(
        db,
        quoted([name]),
        columns.map((column) => quoted([column])),
        rows,
      ),
    );
  }

  /** Rows in the order of the key, each value as text. */
  async *rows({ name, columns, key }: MovedTable): AsyncIterable<unknown[]> {
    const connection = await this.pool.connect();
    try {
      const query = connection.query({
        sql: `SELECT ${quoted(columns)} FROM ${quoted([name])} ORDER BY ${quoted(key)}`,
        rowsAsArray: true,
        typeCast: (field) => field.string(),
      });
      yield* query.stream() as AsyncIterable<unknown[]>;
    } finally {
      connection.release();
    }
  }

  /** Takes everything out of the database again, which was empty. */
  clear(): Promise<void> {
    return this.source.dropDatabase();
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.source.destroy();
  }
}
