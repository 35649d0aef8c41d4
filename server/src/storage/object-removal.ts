import { type Clock } from '../access/clock';
import { Refusal } from '../refusal';
import { CommitInDoubt } from './certain-write';
import { type Database, type Db } from './database';
import { ObjectRemovalEntity } from './storage.entity';

/**
 * Says when an object is to be removed, also of one that is yet to be written: whatever crashes afterwards, it goes.
 * A later call moves the time.
 */
export async function removeObjectAt(db: Db, objectKey: string, dueAt: Date): Promise<void> {
  const moved = await db.run('UPDATE object_removal SET due_at = ? WHERE object_key = ?', [dueAt, objectKey]);
  if (moved === 0) await db.manager.insert(ObjectRemovalEntity, { objectKey, dueAt, attempts: 0 });
}

/**
 * Takes the order to remove an object at this very time back: the object is needed. Answers false where the time was
 * moved, or the order is being carried out or was.
 */
export async function keepObject(db: Db, objectKey: string, dueAt: Date): Promise<boolean> {
  const kept = await db.run('DELETE FROM object_removal WHERE object_key = ? AND due_at = ?', [
    objectKey,
    dueAt,
  ]);
  return kept > 0;
}

/**
 * Whether the order to remove an object at this very time still stands. Waits for whoever is about to move it or to
 * take it back, and counts as an attempt: see `holdRows`.
 */
export async function isToBeRemovedAt(db: Db, objectKey: string, dueAt: Date): Promise<boolean> {
  const found = await db.run(
    'UPDATE object_removal SET attempts = attempts + 1 WHERE object_key = ? AND due_at = ?',
    [objectKey, dueAt],
  );
  return found > 0;
}

/**
 * The outcome of the write that is to point to an object that is there. Where it is refused, the object goes at once;
 * where it fails otherwise, at the time that was noted before: the write may be in force.
 */
export async function removedIfRefused<T>(
  database: Database,
  objectKey: string,
  now: Clock,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Refusal && !(error instanceof CommitInDoubt)) {
      await database
        .transaction((db) => removeObjectAt(db, objectKey, now()))
        // It goes at the time that was noted before.
        .catch(() => undefined);
    }
    throw error;
  }
}
