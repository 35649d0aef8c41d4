import { type Clock, shifted } from '../access/clock';
import { type Id } from '../change/core/task';
import { ChangeSetEntity } from '../change/log/change-log.entity';
import { SafeModeEntity } from '../safe-mode/safe-mode.entity';
import { type Database, type Db } from '../storage/database';
import { UnitEntity } from '../unit/unit.entity';
import { batch, inBatches, removeFound } from './batches';

/**
 * Removes history that is older than it is kept: the change log, safe modes and jobs that have ended. An open safe mode
 * keeps the history of its unit since it was started, for its conflicts say who changed what.
 */
export class HistoryPurge {
  /** @param kept in milliseconds */
  constructor(
    private readonly database: Database,
    private readonly kept: number,
    private readonly now: Clock,
  ) {}

  /** Safe to run at any time, on all servers at once. */
  async purge(): Promise<void> {
    const before = shifted(this.now(), -this.kept);
    const units = await this.database.read(({ manager }) =>
      manager.find(UnitEntity, { select: { id: true } }),
    );
    for (const { id } of units) {
      const neededSince = await this.neededSince(id);
      const until = neededSince && neededSince < before ? neededSince : before;
      await this.forgetSafeModes(id, until);
      await this.forgetChanges(id, until);
    }
    await this.forgetJobs(before);
  }

  private async neededSince(unitId: Id): Promise<Date | undefined> {
    const oldest = await this.database.read(({ manager }) =>
      manager.findOne(SafeModeEntity, {
        select: { createdAt: true },
        where: { unitId, status: 'OPEN' },
        order: { createdAt: 'ASC' },
      }),
    );
    return oldest?.createdAt;
  }

  /** First: one that is found can be undone. */
  private forgetSafeModes(unitId: Id, until: Date): Promise<void> {
    return removeFound(
      this.database,
      'safe_mode',
      `SELECT id FROM safe_mode
        WHERE unit_id = ? AND status IN ('APPLIED', 'DISCARDED') AND closed_at < ? LIMIT ${batch}`,
      [unitId, until],
    );
  }

  private forgetChanges(unitId: Id, until: Date): Promise<void> {
    return inBatches(this.database, async (db) => {
      const last = await lastOfOldest(db, unitId, until);
      return last !== undefined && forgetUpTo(db, unitId, last);
    });
  }

  private forgetJobs(before: Date): Promise<void> {
    return removeFound(
      this.database,
      'job',
      `SELECT id FROM job WHERE state IN ('DONE', 'FAILED', 'CANCELLED') AND finished_at < ? LIMIT ${batch}`,
      [before],
    );
  }
}

/** Of a few of the oldest writes, the last one from before a time. */
async function lastOfOldest({ manager }: Db, unitId: Id, until: Date): Promise<number | undefined> {
  const oldest = await manager.find(ChangeSetEntity, {
    select: { revision: true, at: true },
    where: { unitId },
    order: { revision: 'ASC' },
    take: batch,
  });
  const kept = oldest.findIndex(({ at }) => at >= until);
  return oldest.slice(0, kept === -1 ? batch : kept).at(-1)?.revision;
}

/**
 * Forgets a few entries, the oldest first, up to a revision, and the writes that then have none. The last write itself stays: what
 * came after it is all there, which `ChangeLogStore.reachesBackTo` tells by it. Answers whether it found any.
 */
async function forgetUpTo(db: Db, unitId: Id, last: number): Promise<boolean> {
  const found = await db.rows(
    `SELECT revision, number FROM change_entry
      WHERE unit_id = ? AND revision <= ? ORDER BY revision, number LIMIT ${batch}`,
    [unitId, last],
  );
  if (found.length > 0) {
    const [revision, number] = found.at(-1) as [number, number];
    await db.run(
      'DELETE FROM change_entry WHERE unit_id = ? AND revision <= ? AND (revision < ? OR number <= ?)',
      [unitId, revision, revision, number],
    );
  }
  const [bare] = found.length === batch ? (found.at(-1) as [number]) : [last];
  const writes = await db.run('DELETE FROM change_set WHERE unit_id = ? AND revision < ?', [unitId, bare]);
  return found.length + writes > 0;
}
