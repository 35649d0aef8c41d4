import { type Actor } from '../access/actor';
import { type Id } from '../change/core/task';
import { Forbidden } from '../refusal';
import { type Db } from '../storage/database';
import { type SafeMode } from './safe-mode.store';
import { NotOwner } from './safe-mode-refusals';

/** Throws `NOT_OWNER` for everybody else. That the actor is an admin is judged by the operation's rule. */
export function mustOwn({ userId }: Actor, { ownerId }: SafeMode): void {
  if (ownerId !== userId) throw new NotOwner();
}

/** Whether the user is an admin of the unit who can sign in, as it stands in the database now. */
export async function isAdminNow(db: Db, unitId: Id, userId: Id): Promise<boolean> {
  const rows = await db.rows(
    `SELECT 1 FROM membership m JOIN user u ON u.id = m.user_id
      WHERE m.unit_id = ? AND m.user_id = ? AND m.role = 'ADMIN' AND u.active = ?`,
    [unitId, userId, true],
  );
  return rows.length > 0;
}

/** Throws `FORBIDDEN` where the actor was demoted since the request began. */
export async function mustBeAdminNow(db: Db, unitId: Id, { userId }: Pick<Actor, 'userId'>): Promise<void> {
  if (!(await isAdminNow(db, unitId, userId))) throw new Forbidden();
}
