import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock } from '../../access/clock';
import { type Checkpoint } from '../../checkpoint';
import { type Database } from '../../storage/database';
import { sections } from '../format/rows/section';
import { sectionTables } from '../sections';

const batch = 500;

/** Tables of a generation's content, those that refer before those they refer to. */
const contentTables = [...sections].reverse().flatMap((section) => {
  const { table, child } = sectionTables[section];
  return child ? [child.table, table] : [table];
});

/** Removes generations that nobody can come back to. */
export class GenerationPurge {
  constructor(
    private readonly database: Database,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /**
   * One round: marks what is to go, then removes it in small transactions. Several servers may purge at once. Answers
   * how many generations went.
   */
  async purge(): Promise<number> {
    await this.forgetLeases();
    await this.markDeadLoads();
    await this.markExpired();
    await this.checkpoint('generations marked');
    const doomed = await this.database.read((db) =>
      db.rows("SELECT id FROM generation WHERE state = 'PURGING'"),
    );
    for (const [id] of doomed) await this.remove(id as string);
    return doomed.length;
  }

  private async forgetLeases(): Promise<void> {
    await this.database.transaction((db) =>
      db.run(
        "DELETE FROM generation_lease WHERE job_id NOT IN (SELECT id FROM job WHERE state IN ('QUEUED', 'RUNNING'))",
      ),
    );
  }

  /** An import that died leaves a generation that nobody has seen. */
  private async markDeadLoads(): Promise<void> {
    await this.database.transaction((db) =>
      db.run(
        "UPDATE generation SET state = 'PURGING' WHERE state = 'LOADING' AND job_id NOT IN (SELECT id FROM job WHERE state IN ('QUEUED', 'RUNNING'))",
      ),
    );
  }

  private async markExpired(): Promise<void> {
    await this.database.transaction((db) =>
      db.run(
        "UPDATE generation SET state = 'PURGING' WHERE state = 'RETIRED' AND purge_after <= ? AND id NOT IN (SELECT generation_id FROM generation_lease)",
        [this.now()],
      ),
    );
  }

  private async remove(generationId: string): Promise<void> {
    for (const table of contentTables) await this.empty(table, generationId);
    await this.database.transaction((db) =>
      db.run("DELETE FROM generation WHERE id = ? AND state = 'PURGING'", [generationId]),
    );
  }

  private async empty(table: string, generationId: string): Promise<void> {
    let removed: number;
    do {
      // The embedded database answers at once: without this, others would wait for the whole purge.
      await nextTurn();
      removed = await this.database.transaction((db) =>
        db.run(
          db.dialect === 'sqlite'
            ? `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE generation_id = ? LIMIT ${batch})`
            : `DELETE FROM ${table} WHERE generation_id = ? LIMIT ${batch}`,
          [generationId],
        ),
      );
      if (removed > 0) await this.checkpoint('rows removed');
    } while (removed === batch);
  }
}
