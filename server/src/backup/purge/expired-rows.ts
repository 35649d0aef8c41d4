import { type Clock, days, hours, shifted } from '../../access/clock';
import { type Database, placeholders } from '../../storage/database';

const batch = 200;
/** Rows outlive their time by this much, for work that has just begun with them. */
const grace = hours(1);
/** How long a resent operation is recognised. */
const operationsKept = days(1);

/** Removes uploads and plans whose time is up, and operations that nobody resends any more. Objects go by themselves. */
export class ExpiredRows {
  constructor(
    private readonly database: Database,
    private readonly now: Clock,
  ) {}

  async purge(): Promise<void> {
    const expiredBefore = shifted(this.now(), -grace);
    await this.removeWith('backup_plan', 'backup_plan_entry', 'plan_id', expiredBefore);
    await this.removeWith('backup_upload', 'backup_upload_part', 'upload_id', expiredBefore);
    await this.database.transaction((db) =>
      db.run('DELETE FROM operation WHERE at < ?', [shifted(this.now(), -operationsKept)]),
    );
  }

  /** Removes rows and what belongs to them, a few at a time. */
  private async removeWith(
    table: string,
    childTable: string,
    childColumn: string,
    before: Date,
  ): Promise<void> {
    let found: number;
    do {
      found = await this.database.transaction(async (db) => {
        const rows = await db.rows(`SELECT id FROM ${table} WHERE expires_at < ? LIMIT ${batch}`, [before]);
        const ids = rows.map(([id]) => id as string);
        if (ids.length === 0) return 0;
        await db.run(`DELETE FROM ${childTable} WHERE ${childColumn} IN (${placeholders(ids.length)})`, ids);
        await db.run(`DELETE FROM ${table} WHERE id IN (${placeholders(ids.length)})`, ids);
        return ids.length;
      });
    } while (found === batch);
  }
}
