import { v7 as uuidv7 } from 'uuid';
import { type Topics } from '../messages/topics';
import { type Database, type Db } from '../storage/database';
import { type Clock, days, minutes, shifted } from './clock';
import { hashOfSecret, newSecret } from './secret-token';
import { SessionEntity } from './session.entity';

/** Ends after this time in any case, milliseconds. */
const lifetime = days(90);
/** Ends after this time without a request. */
const idleLifetime = days(30);
/** The last use is written at most this often. */
export const lastUseResolution = minutes(1);

/** A session that was just begun. The token goes into the cookie and is stored nowhere. */
export interface NewSession {
  id: string;
  token: string;
  expires: Date;
}

/** Signed-in browsers. */
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly topics: Topics,
    private readonly now: Clock,
  ) {}

  /** Begins a session as part of the work that signs in. */
  async begin(db: Db, userId: string): Promise<NewSession> {
    const now = this.now();
    const session = { id: uuidv7(), token: newSecret(), expires: shifted(now, lifetime) };
    await db.manager.insert(SessionEntity, {
      id: session.id,
      tokenHash: hashOfSecret(session.token),
      userId,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: session.expires,
    });
    return session;
  }

  /** Sessions last used before this time are over. */
  idleSince(): Date {
    return shifted(this.now(), -idleLifetime);
  }

  /** Notes that the session is in use; writes at most once a minute. */
  async touch(id: string): Promise<void> {
    const now = this.now();
    await this.database.transaction((db) =>
      db.run('UPDATE session SET last_used_at = ? WHERE id = ? AND last_used_at < ?', [
        now,
        id,
        shifted(now, -lastUseResolution),
      ]),
    );
  }

  /** Ends the user's sessions, but for one. Hand the answer to `tellRevoked` once committed. */
  async endAll(db: Db, userId: string, exceptId = ''): Promise<string[]> {
    const ended = (await sessionIds(db, userId)).filter((id) => id !== exceptId);
    await db.run('DELETE FROM session WHERE user_id = ? AND id <> ?', [userId, exceptId]);
    return ended;
  }

  /** Closes the open sockets of sessions and tokens, by id: they were ended, or their rights have changed. */
  tellRevoked(accessIds: readonly string[]): void {
    for (const accessId of accessIds) this.topics.publish('accessRevoked', { accessId });
  }
}

/** Ids of all sessions of a user. */
export async function sessionIds(db: Db, userId: string): Promise<string[]> {
  const rows = await db.rows('SELECT id FROM session WHERE user_id = ?', [userId]);
  return rows.map(([id]) => id as string);
}
