import { type Database, type Db, type SqlValue } from '../../src/storage/database';

/** A statement that went to the database. */
export interface Statement {
  sql: string;
  parameters: readonly SqlValue[];
  /** How many it answered; 0 for a write. */
  rows: number;
}

type Work = (db: Db) => Promise<unknown>;

/** Notes what goes through the seam of a database; sessions, whose last use is written in the background, only when read. */
export class Statements {
  private noted: Statement[] | undefined;

  constructor(database: Database) {
    for (const name of ['read', 'transaction', 'snapshot'] as const) {
      const original = database[name].bind(database) as (work: Work) => Promise<unknown>;
      database[name] = ((work: Work) => original((db) => this.watching(db, work))) as never;
    }
  }

  /** The statements of some work, in the order in which they were sent. */
  async of(work: () => Promise<unknown>): Promise<Statement[]> {
    const noted: Statement[] = [];
    this.noted = noted;
    try {
      await work();
    } finally {
      this.noted = undefined;
    }
    return noted;
  }

  private async watching(db: Db, work: Work): Promise<unknown> {
    const runner = db.manager.queryRunner!;
    const original = runner.query.bind(runner);
    const query = original as (...of: unknown[]) => Promise<unknown>;
    runner.query = (async (sql: string, parameters?: SqlValue[], ...others: unknown[]) => {
      const statement = this.note(sql, parameters);
      const answer = await query(sql, parameters, ...others);
      if (Array.isArray(answer)) statement.rows = answer.length;
      return answer;
    }) as typeof runner.query;
    try {
      return await work(this.watched(db));
    } finally {
      runner.query = original;
    }
  }

  /** The statements that do not go through TypeORM. */
  private watched(db: Db): Db {
    return {
      dialect: db.dialect,
      manager: db.manager,
      rows: async (sql, parameters) => {
        const statement = this.note(sql, parameters);
        const rows = await db.rows(sql, parameters);
        statement.rows = rows.length;
        return rows;
      },
      run: (sql, parameters) => {
        this.note(sql, parameters);
        return db.run(sql, parameters);
      },
    };
  }

  private note(sql: string, parameters: readonly SqlValue[] = []): Statement {
    const statement = { sql, parameters, rows: 0 };
    this.noted?.push(statement);
    return statement;
  }
}
