import { Refusal } from '../refusal';
import { NotFound } from '../refusal';
import { type Db } from '../storage/database';
import { holdRows } from '../storage/hold-rows';

/** Somebody must stay who can manage the unit, or the organisation. */
export class LastAdmin extends Refusal {
  constructor(of: 'unit' | 'organisation') {
    super('CONFLICT', `This is the last active admin of the ${of}. Make somebody else an admin first.`);
  }
}

/**
 * Holds up other changes to the unit's members, and writes to its configuration, until the transaction ends. Throws
 * `NotFound`. The revision stays: members are no configuration.
 */
export async function lockUnitRow(db: Db, unitId: string): Promise<void> {
  if ((await holdRows(db, 'unit', 'id = ?', [unitId])) === 0) throw new NotFound('unit');
}

/**
 * Throws `LastAdmin` when the unit, whose row is locked, would be left without an admin who can sign in. Who was
 * invited but has not chosen a password yet does not count: the invitation may never be accepted.
 */
export async function mustKeepAdminWithout(db: Db, unitId: string, userId: string): Promise<void> {
  if ((await lastAdminOf(db, unitId)) === userId) throw new LastAdmin('unit');
}

/** The only admin of a unit who can sign in; undefined where there are more, or none. */
export async function lastAdminOf(db: Db, unitId: string): Promise<string | undefined> {
  const admins = await db.rows(
    `SELECT m.user_id FROM membership m JOIN user u ON u.id = m.user_id
      WHERE m.unit_id = ? AND m.role = 'ADMIN' AND u.active = ? AND u.password_hash IS NOT NULL
      LIMIT 2`,
    [unitId, true],
  );
  return admins.length === 1 ? (admins[0]![0] as string) : undefined;
}

/** Throws `LastAdmin` when the organisation would be left without an admin who can sign in. */
export async function mustKeepOrganisationAdminWithout(db: Db, userId: string): Promise<void> {
  await holdRows(db, 'user', 'organisation_admin = ?', [true]);
  const others = await db.rows(
    `SELECT id FROM user
      WHERE organisation_admin = ? AND id <> ? AND active = ? AND password_hash IS NOT NULL
      LIMIT 1`,
    [true, userId, true],
  );
  if (others.length === 0) throw new LastAdmin('organisation');
}
