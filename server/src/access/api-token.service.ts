import { v7 as uuidv7 } from 'uuid';
import { Forbidden, NotFound } from '../refusal';
import { type Database, type Db } from '../storage/database';
import { may, mustBeAble } from './abilities';
import { mustBeFaultless, nameFault, normalName } from './account-input';
import { type Actor } from './actor';
import { ApiTokenEntity } from './api-token.entity';
import { type Audit } from './audit';
import { type Clock, hours, shifted } from './clock';
import { lowerRole, type Role } from './role';
import { hashOfSecret, newSecret } from './secret-token';
import { lastUseResolution, type SessionService } from './session.service';

const secretPrefix = 'sb_';
/** Use of a token is audited at most this often, milliseconds. */
const auditResolution = hours(1);

export interface NewApiToken {
  unitId: string;
  name: string;
  /** At most the maker's own. */
  role: Role;
  expiresAt?: Date | null;
}

/** Keys for scripts, each to one unit. */
export class ApiTokenService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly now: Clock,
  ) {}

  /**
   * Makes a token of the actor. The secret is shown this once and stored only as a hash.
   * Throws `Forbidden` for a role above the actor's own, `BadUserInput` for a bad name or an expiry that is past.
   */
  async create(
    actor: Actor | undefined,
    { unitId, name, role, expiresAt = null }: NewApiToken,
  ): Promise<{ token: ApiTokenEntity; secret: string }> {
    mustBeAble(actor, 'makeTokens', unitId);
    if (lowerRole(role, actor.roles.get(unitId) ?? 'READONLY') !== role)
      throw new Forbidden('A token cannot have a higher role than you have in the unit.');
    mustBeFaultless({
      'input.name': nameFault(name),
      'input.expiresAt': expiresAt && expiresAt <= this.now() ? 'must be in the future' : undefined,
    });

    const secret = secretPrefix + newSecret();
    const token: ApiTokenEntity = {
      id: uuidv7(),
      tokenHash: hashOfSecret(secret),
      userId: actor.userId,
      unitId,
      name: normalName(name),
      role,
      createdAt: this.now(),
      expiresAt,
      lastUsedAt: null,
    };
    await this.database.transaction(async (db) => {
      await db.manager.insert(ApiTokenEntity, token);
      await this.audit.record(db, {
        event: 'TOKEN_CREATED',
        userId: actor.userId,
        unitId,
        detail: { tokenId: token.id, role },
      });
    });
    return { token, secret };
  }

  /**
   * Ends a token at once: one's own, or any of a unit whose members one manages.
   * Throws `NotFound` for tokens of units that the actor is not in.
   */
  async revoke(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (db) => {
      const token = await db.manager.findOneBy(ApiTokenEntity, { id });
      if (!token || !maySee(actor, token)) throw new NotFound('API token');
      mustBeAble(actor, token.userId === actor.userId ? 'makeTokens' : 'manageMembers', token.unitId);
      await db.run('DELETE FROM api_token WHERE id = ?', [id]);
      await this.audit.record(db, {
        event: 'TOKEN_REVOKED',
        userId: actor.userId,
        unitId: token.unitId,
        detail: { tokenId: id, ofUser: token.userId },
      });
    });
    this.sessions.tellRevoked([id]);
  }

  /** The user's tokens as far as the actor may see them: own ones, and those of units whose members the actor manages. */
  async visibleTokens(actor: Actor, userId: string): Promise<ApiTokenEntity[]> {
    const tokens = await this.database.read(({ manager }) =>
      manager.find(ApiTokenEntity, { where: { userId }, order: { createdAt: 'ASC', id: 'ASC' } }),
    );
    return tokens.filter((token) => maySee(actor, token));
  }

  /** Notes that the token is in use; writes at most once a minute. */
  async touch(id: string): Promise<void> {
    const now = this.now();
    await this.database.transaction(async (db) => {
      const [row] = await db.rows(
        `SELECT user_id, unit_id FROM api_token
          WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)`,
        [id, shifted(now, -auditResolution)],
      );
      const written = await db.run(
        'UPDATE api_token SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)',
        [now, id, shifted(now, -lastUseResolution)],
      );
      if (!row || written === 0) return;
      const [userId, unitId] = row as [string, string];
      await this.audit.record(db, { event: 'TOKEN_USED', userId, unitId, detail: { tokenId: id } });
    });
  }
}

/** Ends the user's tokens of a unit. Answers their ids. */
export async function endTokens(db: Db, userId: string, unitId: string): Promise<string[]> {
  const ids = await tokenIds(db, userId, unitId);
  await db.run('DELETE FROM api_token WHERE user_id = ? AND unit_id = ?', [userId, unitId]);
  return ids;
}

/** Ids of the user's tokens: of one unit, or all. */
export async function tokenIds(db: Db, userId: string, unitId?: string): Promise<string[]> {
  const rows = unitId
    ? await db.rows('SELECT id FROM api_token WHERE user_id = ? AND unit_id = ?', [userId, unitId])
    : await db.rows('SELECT id FROM api_token WHERE user_id = ?', [userId]);
  return rows.map(([id]) => id as string);
}

const maySee = (actor: Actor, { userId, unitId }: ApiTokenEntity): boolean =>
  userId === actor.userId ? actor.roles.has(unitId) : may(actor, 'manageMembers', unitId);
