import { type Id } from '../change/core/task';
import { Forbidden } from '../refusal';
import { type Db } from '../storage/database';

/** Whether the user is an admin of the unit who can sign in, as it stands in the database now. */
export async function isAdminNow(db: Db, unitId: Id, userId: Id): Promise<boolean> {
  const rows = await db.rows(
    `SELECT 1 FROM membership m JOIN user u ON u.id = m.user_id
      WHERE m.unit_id = ? AND m.user_id = ? AND m.role = 'ADMIN' AND u.active = ?`,
    [unitId, userId, true],
  );
  return rows.length > 0;
}

/**
 * Throws `FORBIDDEN` where the user was demoted since the work began. Under the unit's lock no role changes until the
 * end of the transaction.
 */
export async function mustBeAdminNow(db: Db, unitId: Id, { userId }: { userId: Id }): Promise<void> {
  if (!(await isAdminNow(db, unitId, userId))) throw new Forbidden();
}
