import { type ContentStore } from '../configuration/content.store';
import { type Database } from '../storage/database';
import { type Collision, CollisionLoader } from './collision.loader';
import { type Change, type Id } from './core/task';

/** A constraint of the database refused what an evaluation had found fit to be written. */
export class ConstraintBroken extends Error {
  constructor(
    readonly generationId: Id,
    readonly changes: readonly Change[],
    override readonly cause: unknown,
  ) {
    super('A constraint of the database was broken');
  }
}

/** The last net under evaluations: what the tables do not let in becomes a conflict, never an internal error. */
export class ConstraintNet {
  constructor(
    private readonly database: Database,
    private readonly content: ContentStore,
  ) {}

  /**
   * Runs a transaction. Where it breaks a constraint it is run once more, and then sees what came in behind its
   * evaluation; where it breaks one again, reading finds what collides. Throws the database's own error where nothing
   * does.
   *
   * @param transaction throws `ConstraintBroken`
   * @param collided what the collisions come to
   */
  async under<T>(
    transaction: () => Promise<T>,
    collided: (collisions: readonly Collision[], generationId: Id) => Promise<T>,
  ): Promise<T> {
    try {
      return await onceMore(transaction);
    } catch (error) {
      if (!(error instanceof ConstraintBroken)) throw error;
      const { generationId, changes, cause } = error;
      const collisions = await this.database.read((db) =>
        new CollisionLoader(this.content, db, generationId, changes).collisions(),
      );
      if (collisions.length === 0) throw cause;
      return collided(collisions, generationId);
    }
  }
}

async function onceMore<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    if (error instanceof ConstraintBroken) return transaction();
    throw error;
  }
}
