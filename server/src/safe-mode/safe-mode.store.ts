import { In, LessThan, MoreThan } from 'typeorm';
import { type Id } from '../change/core/task';
import { type Database, type Db } from '../storage/database';
import { holdRows } from '../storage/hold-rows';
import { SafeModeEntity, type SafeModeStatus } from './safe-mode.entity';

/** A safe mode without its file. */
export type SafeMode = Readonly<SafeModeEntity>;

/** The next file of a safe mode. */
export type NextFile = Pick<
  SafeMode,
  'revision' | 'objectKey' | 'sha256' | 'bytes' | 'taskCount' | 'generationId' | 'updatedAt'
>;

export interface Ending {
  status: Exclude<SafeModeStatus, 'OPEN'>;
  at: Date;
  by: Id;
  /** Revision of the unit that applying it made. */
  appliedRevision?: number;
}

/** The rows of safe modes. */
export class SafeModeStore {
  async insert({ manager }: Db, safeMode: SafeMode): Promise<void> {
    await manager.insert(SafeModeEntity, safeMode);
  }

  find({ manager }: Db, id: Id): Promise<SafeMode | null> {
    return manager.findOneBy(SafeModeEntity, { id });
  }

  /** As `find`, holding up other writes to the row until the transaction ends. */
  async hold(db: Db, id: Id): Promise<SafeMode | null> {
    await holdRows(db, 'safe_mode', 'id = ?', [id]);
    return this.find(db, id);
  }

  /** Newest first: open ones by when they were started, closed ones by when that was; those from before a time. */
  list(
    { manager }: Db,
    unitId: Id,
    status: SafeModeStatus,
    first: number,
    before?: Date,
  ): Promise<SafeMode[]> {
    const time = status === 'OPEN' ? 'createdAt' : 'closedAt';
    return manager.find(SafeModeEntity, {
      where: { unitId, status, ...(before && { [time]: LessThan(before) }) },
      order: { [time]: 'DESC', id: 'DESC' },
      take: first,
    });
  }

  /** Every open safe mode of every unit, a few at a time. */
  async *allOpen(database: Database): AsyncGenerator<SafeMode[]> {
    let after = '';
    for (;;) {
      const some = await database.read(({ manager }) =>
        manager.find(SafeModeEntity, {
          where: { status: 'OPEN', id: MoreThan(after) },
          order: { id: 'ASC' },
          take: 100,
        }),
      );
      if (some.length === 0) return;
      yield some;
      after = some.at(-1)!.id;
    }
  }

  countOpen({ manager }: Db, unitId: Id): Promise<number> {
    return manager.countBy(SafeModeEntity, { unitId, status: 'OPEN' });
  }

  /** The safe modes whose applying made these revisions of the unit. */
  async appliedAt({ manager }: Db, unitId: Id, revisions: readonly number[]): Promise<Map<number, SafeMode>> {
    const applied = await manager.findBy(SafeModeEntity, { unitId, appliedRevision: In([...revisions]) });
    return new Map(applied.map((safeMode) => [safeMode.appliedRevision!, safeMode]));
  }

  /** Points to the next file, unless another write, or the end of the safe mode, came first. */
  async movePointer(db: Db, { id, objectKey }: SafeMode, next: Partial<NextFile>): Promise<boolean> {
    const result = await db.manager.update(SafeModeEntity, { id, objectKey, status: 'OPEN' }, next);
    return result.affected === 1;
  }

  /** Answers false where it is not open any more. */
  async rename({ manager }: Db, id: Id, name: string): Promise<boolean> {
    const result = await manager.update(SafeModeEntity, { id, status: 'OPEN' }, { name });
    return result.affected === 1;
  }

  /** Ends it with the file that the caller saw. Answers false where it moved or ended meanwhile. */
  async close(
    { manager }: Db,
    { id, objectKey }: SafeMode,
    { status, at, by, appliedRevision }: Ending,
  ): Promise<boolean> {
    const result = await manager.update(
      SafeModeEntity,
      { id, objectKey, status: 'OPEN' },
      { status, closedAt: at, closedBy: by, appliedRevision: appliedRevision ?? null },
    );
    return result.affected === 1;
  }
}
