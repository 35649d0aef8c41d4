import { type Actor } from '../../access/actor';
import { type Id } from '../../change/core/task';
import { type Db } from '../../storage/database';
import { ActiveSafeModeEntity } from '../safe-mode.entity';

/** All browser sessions of a user share one active safe mode, each API token has its own. */
export const holderOf = ({ userId, via }: Actor): Id => (via.kind === 'token' ? via.id : userId);

/** Which safe mode somebody is in. */
export class ActiveSafeModeStore {
  of({ manager }: Db, actor: Actor, unitId: Id): Promise<ActiveSafeModeEntity | null> {
    return manager.findOneBy(ActiveSafeModeEntity, { unitId, holderId: holderOf(actor) });
  }

  /** Lets nobody else of the same user enter, leave or be noted as there until the transaction ends. */
  async hold(db: Db, { userId }: Actor): Promise<void> {
    await db.run('UPDATE user SET active = active WHERE id = ?', [userId]);
  }

  /** The units in whose safe modes they are. */
  async unitsOf({ manager }: Db, actor: Actor): Promise<Id[]> {
    const active = await manager.findBy(ActiveSafeModeEntity, { holderId: holderOf(actor) });
    return active.map(({ unitId }) => unitId);
  }

  /** For somebody who is in none of the unit. */
  async enter({ manager }: Db, actor: Actor, unitId: Id, safeModeId: Id, at: Date): Promise<void> {
    await manager.insert(ActiveSafeModeEntity, {
      unitId,
      holderId: holderOf(actor),
      userId: actor.userId,
      safeModeId,
      enteredAt: at,
    });
  }

  async leave({ manager }: Db, actor: Actor, unitId: Id): Promise<void> {
    await manager.delete(ActiveSafeModeEntity, { unitId, holderId: holderOf(actor) });
  }

  /** Whether the user is in it, by whichever session or token. */
  isIn({ manager }: Db, userId: Id, safeModeId: Id): Promise<boolean> {
    return manager.existsBy(ActiveSafeModeEntity, { userId, safeModeId });
  }

  /** Nobody is in it any more. */
  async clear({ manager }: Db, safeModeId: Id): Promise<void> {
    await manager.delete(ActiveSafeModeEntity, { safeModeId });
  }
}
