import { LessThanOrEqual, Like } from 'typeorm';
import { type Clock, days, minutes, shifted } from '../access/clock';
import { type Checkpoint } from '../checkpoint';
import { type Database } from './database';
import { type ObjectStore } from './object-store';
import { ObjectRemovalEntity } from './storage.entity';

const atOnce = 200;
const longestWait = minutes(60);
/** No file takes so long to write. */
const unfinishedFor = days(1);

/** Removes objects whose time has come, and tries again later where the store does not answer. */
export class ObjectSweeper {
  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /** One round; answers how many objects went. Several servers may sweep at once. */
  async sweep(): Promise<number> {
    const due = await this.database.read(({ manager }) =>
      manager
        .createQueryBuilder(ObjectRemovalEntity, 'removal')
        .where('removal.dueAt <= :now', { now: this.now() })
        .orderBy('removal.dueAt')
        .limit(atOnce)
        .getMany(),
    );
    let removed = 0;
    for (const removal of due) if (await this.remove(removal)) removed++;
    return removed;
  }

  /** Removes what killed servers left half written, once nobody can be at it any more. */
  sweepUnfinished(): Promise<void> {
    return this.objects.removeUnfinished(shifted(this.now(), -unfinishedFor));
  }

  /**
   * Removes what is due among the objects whose keys begin with the prefix, right away. Never throws: what fails is left
   * to the next round.
   */
  async removeDue(prefix: string): Promise<void> {
    try {
      const due = await this.database.read(({ manager }) =>
        manager.findBy(ObjectRemovalEntity, {
          objectKey: Like(`${prefix}%`),
          dueAt: LessThanOrEqual(this.now()),
        }),
      );
      await Promise.all(due.map((removal) => this.remove(removal)));
    } catch {
      // The rows are still there.
    }
  }

  private async remove({ objectKey, dueAt, attempts }: ObjectRemovalEntity): Promise<boolean> {
    const nextAt = shifted(this.now(), Math.min(minutes(1) * 2 ** attempts, longestWait));
    // Before the object goes: whoever wants to keep it at this moment must find that it is too late.
    const isOurs = await this.database.transaction((db) =>
      db.run(
        'UPDATE object_removal SET attempts = attempts + 1, due_at = ? WHERE object_key = ? AND due_at = ?',
        [nextAt, objectKey, dueAt],
      ),
    );
    if (isOurs === 0) return false;
    await this.checkpoint('removal begun');
    try {
      await this.objects.remove(objectKey);
    } catch {
      return false;
    }
    await this.checkpoint('object removed, note left');
    // Only this removal: the time may have been moved since.
    await this.database.transaction((db) =>
      db.run('DELETE FROM object_removal WHERE object_key = ? AND due_at = ?', [objectKey, nextAt]),
    );
    return true;
  }
}
