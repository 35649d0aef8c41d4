import { Unauthenticated } from '../refusal';
import { type Database } from '../storage/database';
import { type Actor } from './actor';
import { ApiTokenEntity } from './api-token.entity';
import { type ApiTokenService } from './api-token.service';
import { type Clock, shifted } from './clock';
import { lowerRole, type Role } from './role';
import { hashOfSecret } from './secret-token';
import { SessionEntity } from './session.entity';
import { lastUseResolution, type SessionService } from './session.service';
import { sessionTokenIn } from './session-cookie';

/** What a request, or the opening of a socket, says about who asks: two headers as they came. */
export interface Credentials {
  cookie?: string;
  /** `Bearer sb_…`. Goes before the cookie; other schemes belong to proxies in front and say nothing. */
  authorization?: string;
}

type AccountRow = [userId: string, email: string, name: string, organisationAdmin: unknown];

/** Finds out who asks, afresh for each request: what was revoked, or who was deactivated, counts no more. */
export class Authenticator {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly tokens: ApiTokenService,
    private readonly now: Clock,
  ) {}

  /**
   * Who asks; nobody without credentials or with the cookie of a session that is over.
   * Throws `Unauthenticated` for an API token that is unknown, revoked, expired or out of rights: a script must notice.
   */
  async actorOf({ cookie, authorization }: Credentials): Promise<Actor | undefined> {
    const secret = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (secret !== undefined) return this.actorOfToken(secret);
    const sessionToken = sessionTokenIn(cookie);
    return sessionToken === undefined ? undefined : this.actorOfSession(sessionToken);
  }

  /** Who a session's token belongs to, for the operation that has just begun it. */
  async actorOfSession(token: string): Promise<Actor | undefined> {
    const rows = await this.database.read((db) =>
      db.rows(
        `SELECT s.id, s.last_used_at < ? AS is_due, u.id, u.email, u.name, u.organisation_admin, m.unit_id, m.role
           FROM session s JOIN user u ON u.id = s.user_id LEFT JOIN membership m ON m.user_id = u.id
          WHERE s.token_hash = ? AND s.expires_at > ? AND s.last_used_at > ? AND u.active = ?`,
        [this.lastWritable(), hashOfSecret(token), this.now(), this.sessions.idleSince(), true],
      ),
    );
    if (!rows[0]) return undefined;
    const [id, isDue, ...account] = rows[0] as [string, unknown, ...AccountRow];
    if (isDue) inBackground(this.sessions.touch(id));
    const roles = rows.flatMap(([, , , , , , unitId, role]) =>
      unitId ? [[unitId, role] as [string, Role]] : [],
    );
    return {
      ...identity(account),
      organisationAdmin: Boolean(account[3]),
      roles: new Map(roles),
      via: { kind: 'session', id },
    };
  }

  /** When the session or the token that somebody came with ends by itself; nothing where that is open. */
  async endOf({ via }: Actor): Promise<Date | null> {
    return this.database.read(async ({ manager }) => {
      const found =
        via.kind === 'session'
          ? await manager.findOneBy(SessionEntity, { id: via.id })
          : await manager.findOneBy(ApiTokenEntity, { id: via.id });
      return found?.expiresAt ?? null;
    });
  }

  private async actorOfToken(secret: string): Promise<Actor> {
    const [row] = await this.database.read((db) =>
      db.rows(
        `SELECT t.id, t.last_used_at IS NULL OR t.last_used_at < ? AS is_due, t.unit_id, t.role, m.role,
                u.id, u.email, u.name, u.organisation_admin
           FROM api_token t JOIN user u ON u.id = t.user_id
           JOIN membership m ON m.user_id = t.user_id AND m.unit_id = t.unit_id
          WHERE t.token_hash = ? AND (t.expires_at IS NULL OR t.expires_at > ?) AND u.active = ?`,
        [this.lastWritable(), hashOfSecret(secret), this.now(), true],
      ),
    );
    if (!row) throw new Unauthenticated('This API token is unknown, was revoked or has expired.');
    const [id, isDue, unitId, tokenRole, userRole, ...account] = row as [
      string,
      unknown,
      string,
      Role,
      Role,
      ...AccountRow,
    ];
    if (isDue) inBackground(this.tokens.touch(id));
    return {
      ...identity(account),
      organisationAdmin: false,
      roles: new Map([[unitId, lowerRole(tokenRole, userRole)]]),
      via: { kind: 'token', id },
    };
  }

  private lastWritable(): Date {
    return shifted(this.now(), -lastUseResolution);
  }
}

const identity = ([userId, email, name]: AccountRow) => ({ userId, email, name });

/** Nobody waits for it, and where it fails the next request notes the use. */
function inBackground(work: Promise<unknown>): void {
  work.catch(() => undefined);
}
