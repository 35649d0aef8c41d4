import { isDuplicateRow } from '../../access/duplicate-row';
import { type Id } from '../../change/core/task';
import { type Db } from '../../storage/database';
import { storedTime } from '../../storage/stored-time';
import { SafeModePresenceEntity } from '../safe-mode.entity';

/** Somebody in a safe mode right now. */
export interface Presence {
  userId: Id;
  userName: string;
  safeModeId: Id;
  safeModeName: string;
  relation: 'OWNER' | 'PREVIEW';
  since: Date;
}

/** Somebody who is no longer there. */
export interface Gone {
  unitId: Id;
  safeModeId: Id;
  userId: Id;
  /** Without a word; else by losing their rights. */
  isSilent: boolean;
}

type PresenceRow = [Id, string, Id, string, Id, unknown];

/** Who is in which safe mode: one row for each user and safe mode. */
export class PresenceStore {
  /** Whoever was seen after a time and may still be there, the longest first. */
  async inUnit(db: Db, unitId: Id, seenAfter: Date): Promise<Presence[]> {
    const rows = (await db.rows(
      `SELECT u.id, u.name, s.id, s.name, s.owner_id, p.since
         FROM safe_mode_presence p JOIN safe_mode s ON s.id = p.safe_mode_id
         JOIN user u ON u.id = p.user_id
         JOIN membership m ON m.unit_id = p.unit_id AND m.user_id = p.user_id
        WHERE p.unit_id = ? AND p.seen_at > ? AND s.status = 'OPEN' AND u.active = ? AND m.role = 'ADMIN'
        ORDER BY p.since, u.id, s.id`,
      [unitId, seenAfter, true],
    )) as PresenceRow[];
    return rows.map(([userId, userName, safeModeId, safeModeName, ownerId, since]) => ({
      userId,
      userName,
      safeModeId,
      safeModeName,
      relation: ownerId === userId ? 'OWNER' : 'PREVIEW',
      since: storedTime(since),
    }));
  }

  /**
   * Notes that the user is there. Answers whether they were not there before.
   *
   * @param unseenSince whoever was not seen after this time had gone
   */
  async renew(db: Db, here: SafeModePresenceEntity, unseenSince: Date): Promise<boolean> {
    const { safeModeId, userId, seenAt } = here;
    const known = await db.run(
      'UPDATE safe_mode_presence SET seen_at = ? WHERE safe_mode_id = ? AND user_id = ? AND seen_at > ?',
      [seenAt, safeModeId, userId, unseenSince],
    );
    if (known > 0) return false;
    await this.remove(db, safeModeId, userId);
    try {
      await db.manager.insert(SafeModePresenceEntity, here);
    } catch (error) {
      // Another of their windows was a moment faster.
      if (!isDuplicateRow(error)) throw error;
      return false;
    }
    return true;
  }

  async remove({ manager }: Db, safeModeId: Id, userId: Id): Promise<void> {
    await manager.delete(SafeModePresenceEntity, { safeModeId, userId });
  }

  async clear({ manager }: Db, safeModeId: Id): Promise<void> {
    await manager.delete(SafeModePresenceEntity, { safeModeId });
  }

  /** Whoever was not seen since a time, or is no admin who can sign in any more. */
  async gone(db: Db, seenBefore: Date): Promise<Gone[]> {
    const rows = await db.rows(
      `SELECT p.unit_id, p.safe_mode_id, p.user_id, p.seen_at <= ? AS is_silent
         FROM safe_mode_presence p
         LEFT JOIN membership m ON m.unit_id = p.unit_id AND m.user_id = p.user_id AND m.role = 'ADMIN'
         LEFT JOIN user u ON u.id = p.user_id AND u.active = ?
        WHERE p.seen_at <= ? OR m.user_id IS NULL OR u.id IS NULL`,
      [seenBefore, true, seenBefore],
    );
    return (rows as [Id, Id, Id, unknown][]).map(([unitId, safeModeId, userId, isSilent]) => ({
      unitId,
      safeModeId,
      userId,
      isSilent: Number(isSilent) === 1,
    }));
  }

  /** Forgets them, but for those who were seen again meanwhile. */
  async removeGone(db: Db, gone: readonly Gone[], seenBefore: Date): Promise<void> {
    for (const { safeModeId, userId, isSilent } of gone) {
      if (!isSilent) await this.remove(db, safeModeId, userId);
      else {
        await db.run(
          'DELETE FROM safe_mode_presence WHERE safe_mode_id = ? AND user_id = ? AND seen_at <= ?',
          [safeModeId, userId, seenBefore],
        );
      }
    }
  }
}
