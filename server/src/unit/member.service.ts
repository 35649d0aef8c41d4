import { v7 as uuidv7 } from 'uuid';
import {
  mustBeFaultless,
  emailFault,
  nameFault,
  normalEmail,
  normalName,
  passwordFault,
} from '../access/account-input';
import { type Actor } from '../access/actor';
import { endTokens, tokenIds } from '../access/api-token.service';
import { type Audit } from '../access/audit';
import { type Clock } from '../access/clock';
import { isDuplicateRow } from '../access/duplicate-row';
import { type OneTimeLinks } from '../access/one-time-links';
import { type PasswordService } from '../access/password.service';
import { type Role } from '../access/role';
import { sessionIds, type SessionService } from '../access/session.service';
import { UserEntity } from '../access/user.entity';
import { BadUserInput, type FieldFault, NotFound } from '../refusal';
import { type Database, type Db } from '../storage/database';
import { holdRows } from '../storage/hold-rows';
import { mustHoldAccount, mustManageMembers } from './account-hold';
import { lockUnitRow, mustKeepAdminWithout, mustKeepOrganisationAdminWithout } from './last-admin';
import { MembershipEntity } from './membership.entity';
import { type Membership, type Memberships, unitIdsOf } from './memberships';

export interface NewMember {
  unitId: string;
  email: string;
  /** Of a new account; a known one keeps its name. */
  name: string;
  role: Role;
  /** Of a new account; none: invited by link. */
  password?: string | null;
}

export interface MemberUpdate {
  unitId: string;
  userId: string;
  /** Left out: stays. */
  role?: Role | null;
  /** Of the whole account. Left out: stays. */
  active?: boolean | null;
}

/** A member and all that the account rules ask about, locked until the transaction ends. */
interface LockedMember {
  user: UserEntity;
  role: Role;
  /** All units of the account. */
  unitIds: readonly string[];
}

/** Decides who is in a unit, and over the accounts of its members, by the account rules. */
export class MemberService {
  constructor(
    private readonly database: Database,
    private readonly memberships: Memberships,
    private readonly passwords: PasswordService,
    private readonly sessions: SessionService,
    private readonly links: OneTimeLinks,
    private readonly audit: Audit,
    private readonly now: Clock,
  ) {}

  /**
   * Adds a member: with a new account, which is invited by link where no password is given, or only the membership
   * where the e-mail is known. Throws `Forbidden`, `NotFound`, and `BadUserInput` also for a password of a known
   * e-mail and for somebody who is a member already.
   */
  async addMember(actor: Actor | undefined, member: NewMember): Promise<Membership> {
    mustManageMembers(actor, member.unitId);
    mustBeFaultless({
      'input.email': emailFault(member.email),
      'input.name': nameFault(member.name),
      'input.password': typeof member.password === 'string' ? passwordFault(member.password) : undefined,
    });
    const passwordHash =
      typeof member.password === 'string' ? await this.passwords.hash(member.password) : null;
    const add = () => this.database.transaction((db) => this.add(db, actor, member, passwordHash));
    const { membership, open } = await add().catch((error: unknown) => {
      // The same e-mail became known in the same moment, through another unit.
      if (!isDuplicateRow(error)) throw error;
      return add();
    });
    // Sockets opened before do not know of the new unit: they open again.
    this.sessions.tellRevoked(open);
    return membership;
  }

  /**
   * Changes a member's role, or lets the account sign in or not. A change ends what it takes away at once, open
   * sockets too. Throws `Forbidden`, `NotFound`, and `LastAdmin` for the last active admin of a unit.
   */
  async updateMember(actor: Actor | undefined, update: MemberUpdate): Promise<Membership> {
    const { unitId, userId, role, active } = update;
    mustManageMembers(actor, unitId);
    if (role === null || active === null) throw new BadUserInput(nullFaults({ role, active }));
    const { membership, revoked } = await this.database.transaction(async (db) => {
      const member = await lockMember(db, unitId, userId);
      const revoked: string[] = [];
      if (role !== undefined && role !== member.role)
        revoked.push(...(await this.changeRole(db, member, unitId, role)));
      if (active !== undefined && active !== member.user.active) {
        mustHoldAccount(actor, member);
        revoked.push(...(active ? await this.activate(db, userId) : await this.deactivate(db, member)));
      }
      await this.audit.record(db, {
        event: 'MEMBER_CHANGED',
        userId: actor.userId,
        unitId,
        detail: { member: userId, role: role ?? null, active: active ?? null },
      });
      return { membership: await this.memberships.one(db, actor, unitId, userId), revoked };
    });
    this.sessions.tellRevoked(revoked);
    return membership;
  }

  /**
   * Takes a user out of a unit: the user's tokens of the unit end, the account stays. Throws `Forbidden`,
   * `NotFound`, and `LastAdmin` for the last active admin of the unit.
   */
  async removeMember(actor: Actor | undefined, unitId: string, userId: string): Promise<void> {
    mustManageMembers(actor, unitId);
    const revoked = await this.database.transaction(async (db) => {
      const member = await lockMember(db, unitId, userId);
      if (isActiveAdmin(member)) await mustKeepAdminWithout(db, unitId, userId);
      await db.run('DELETE FROM membership WHERE unit_id = ? AND user_id = ?', [unitId, userId]);
      if (member.user.passwordHash !== null || member.unitIds.length === 1)
        await this.links.withdraw(db, userId);
      await this.audit.record(db, {
        event: 'MEMBER_REMOVED',
        userId: actor.userId,
        unitId,
        detail: { member: userId },
      });
      return [...(await sessionIds(db, userId)), ...(await endTokens(db, userId, unitId))];
    });
    this.sessions.tellRevoked(revoked);
  }

  /**
   * Answers a link with which the member can choose a new password, once; the present one works until then. Throws
   * `Forbidden`, `NotFound`, and `BadUserInput` for a deactivated account.
   */
  async resetPassword(actor: Actor | undefined, unitId: string, userId: string): Promise<string> {
    mustManageMembers(actor, unitId);
    return this.database.transaction(async (db) => {
      const member = await lockMember(db, unitId, userId);
      mustHoldAccount(actor, member);
      if (!member.user.active)
        throw new BadUserInput([{ path: 'userId', message: 'is deactivated; activate the account first' }]);
      await this.audit.record(db, {
        event: 'PASSWORD_RESET_ISSUED',
        userId: actor.userId,
        unitId,
        detail: { member: userId },
      });
      return this.links.issue(db, userId, member.user.passwordHash === null ? 'INVITATION' : 'RESET');
    });
  }

  private async add(
    db: Db,
    actor: Actor,
    { unitId, email, name, role }: NewMember,
    passwordHash: string | null,
  ): Promise<{ membership: Membership; open: string[] }> {
    await lockUnitRow(db, unitId);
    const known = await lockAccount(db, { email: normalEmail(email) });
    if (known && passwordHash !== null) {
      throw new BadUserInput([
        { path: 'input.password', message: 'must be left out: there is an account with this e-mail already' },
      ]);
    }
    const user = known ?? (await this.insertAccount(db, email, name, passwordHash));
    const unitIds = (await unitIdsOf(db, [user.id])).get(user.id) ?? [];
    if (unitIds.includes(unitId))
      throw new BadUserInput([{ path: 'input.email', message: 'belongs to a member already' }]);

    await db.manager.insert(MembershipEntity, { unitId, userId: user.id, role, createdAt: this.now() });
    // Whoever could reset the password as admin of the only unit has no hold any more. An invitation stays its guest's.
    if (user.passwordHash !== null) await this.links.withdraw(db, user.id);
    else if (unitIds.length === 0) await this.links.issue(db, user.id, 'INVITATION');
    await this.audit.record(db, {
      event: 'MEMBER_ADDED',
      userId: actor.userId,
      unitId,
      detail: { member: user.id, role, known: Boolean(known) },
    });
    return {
      membership: await this.memberships.one(db, actor, unitId, user.id),
      open: await sessionIds(db, user.id),
    };
  }

  private async insertAccount(
    db: Db,
    email: string,
    name: string,
    passwordHash: string | null,
  ): Promise<UserEntity> {
    const user: UserEntity = {
      id: uuidv7(),
      email: normalEmail(email),
      name: normalName(name),
      passwordHash,
      organisationAdmin: false,
      active: true,
      createdAt: this.now(),
    };
    await db.manager.insert(UserEntity, user);
    return user;
  }

  private async changeRole(db: Db, member: LockedMember, unitId: string, role: Role): Promise<string[]> {
    const userId = member.user.id;
    if (isActiveAdmin(member)) await mustKeepAdminWithout(db, unitId, userId);
    await db.run('UPDATE membership SET role = ? WHERE unit_id = ? AND user_id = ?', [role, unitId, userId]);
    return [...(await sessionIds(db, userId)), ...(await tokenIds(db, userId, unitId))];
  }

  private async activate(db: Db, userId: string): Promise<string[]> {
    await db.run('UPDATE user SET active = ? WHERE id = ?', [true, userId]);
    return [];
  }

  private async deactivate(db: Db, { user, unitIds }: LockedMember): Promise<string[]> {
    for (const unitId of [...unitIds].sort()) {
      await lockUnitRow(db, unitId);
      const membership = await db.manager.findOneByOrFail(MembershipEntity, { unitId, userId: user.id });
      if (isActiveAdmin({ user, role: membership.role })) await mustKeepAdminWithout(db, unitId, user.id);
    }
    if (user.organisationAdmin) await mustKeepOrganisationAdminWithout(db, user.id);
    await db.run('UPDATE user SET active = ? WHERE id = ?', [false, user.id]);
    await this.links.withdraw(db, user.id);
    return [...(await this.sessions.endAll(db, user.id)), ...(await tokenIds(db, user.id))];
  }
}

const nullFaults = (input: Record<string, unknown>): FieldFault[] =>
  Object.entries(input).flatMap(([name, value]) =>
    value === null ? [{ path: `input.${name}`, message: 'must not be null; leave it out to keep it' }] : [],
  );

/** Whether the unit loses an admin who can sign in when this one goes. */
const isActiveAdmin = ({ user, role }: Pick<LockedMember, 'user' | 'role'>): boolean =>
  role === 'ADMIN' && user.active && user.passwordHash !== null;

/** The unit comes first, then the account: in this order everywhere. Throws `NotFound`. */
async function lockMember(db: Db, unitId: string, userId: string): Promise<LockedMember> {
  await lockUnitRow(db, unitId);
  const user = await lockAccount(db, { id: userId });
  const membership = await db.manager.findOneBy(MembershipEntity, { unitId, userId });
  if (!user || !membership) throw new NotFound('member');
  return { user, role: membership.role, unitIds: (await unitIdsOf(db, [userId])).get(userId) ?? [] };
}

/** Holds up others who would add the account to a unit, or decide over it, until the transaction ends. */
async function lockAccount(
  db: Db,
  where: { id: string } | { email: string },
): Promise<UserEntity | undefined> {
  const found = await db.manager.findOneBy(UserEntity, where);
  if (!found) return undefined;
  await holdRows(db, 'user', 'id = ?', [found.id]);
  return (await db.manager.findOneBy(UserEntity, { id: found.id })) ?? undefined;
}
