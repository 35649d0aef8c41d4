import { In } from 'typeorm';
import { type Actor } from '../access/actor';
import { type OneTimeLinks, type OpenInvitation } from '../access/one-time-links';
import { type Role } from '../access/role';
import { UserEntity } from '../access/user.entity';
import { nameKey } from '../change/core/name-key';
import { decodeCursor, encodeCursor, type Page, pageOf, type PageRequest } from '../graphql/paging';
import { NotFound } from '../refusal';
import { type Database, type Db, placeholders } from '../storage/database';
import { holdsAccount, managesMembers } from './account-hold';
import { MembershipEntity } from './membership.entity';
import { UnitEntity } from './unit.entity';

/** A user in a unit, as those see it who manage its members, and the user. */
export interface Membership {
  unit: UnitEntity;
  user: UserEntity;
  role: Role;
  /** Whether the account may sign in at all. */
  active: boolean;
  /** While an invitation is open: for those who have a hold on the account, in a browser session. */
  inviteUrl: string | null;
  inviteExpiresAt: Date | null;
}

interface Row {
  unit: UnitEntity;
  user: UserEntity;
  role: Role;
}

/** Reads who is in which unit. */
export class Memberships {
  constructor(
    private readonly database: Database,
    private readonly links: OneTimeLinks,
  ) {}

  /** The members of a unit by name, found by parts of name or e-mail. */
  ofUnit(actor: Actor, unitId: string, request: PageRequest): Promise<Page<Membership>> {
    return this.database.read(async (db) => {
      const unit = await db.manager.findOneByOrFail(UnitEntity, { id: unitId });
      const found = matching(await memberNames(db, unitId), request.search);
      const rest = request.after === undefined ? found : behind(found, decodeCursor(request.after, 2));
      const page = rest.slice(0, request.first + 1);
      const members = await this.views(db, actor, await usersOf(db, unit, page));
      return pageOf(
        members,
        request.first,
        (node) => ({ node, cursor: () => encodeCursor([nameKey(node.user.name), node.user.id]) }),
        () => Promise.resolve(found.length),
      );
    });
  }

  /** The units that a user is in, by name, as far as the actor may know: own ones, and those whose members the actor manages. */
  ofUser(actor: Actor, userId: string): Promise<Membership[]> {
    const isVisible = (unitId: string) =>
      userId === actor.userId ? actor.roles.has(unitId) : managesMembers(actor, unitId);
    return this.database.read(async (db) => {
      const memberships = (await db.manager.findBy(MembershipEntity, { userId })).filter(({ unitId }) =>
        isVisible(unitId),
      );
      if (memberships.length === 0) return [];
      const user = await db.manager.findOneByOrFail(UserEntity, { id: userId });
      const units = await db.manager.findBy(UnitEntity, { id: In(memberships.map(({ unitId }) => unitId)) });
      const roles = new Map(memberships.map(({ unitId, role }) => [unitId, role]));
      const rows = units.flatMap((unit) => {
        const role = roles.get(unit.id);
        return role ? [{ unit, user, role }] : [];
      });
      rows.sort((a, b) => compare([nameKey(a.unit.name), a.unit.id], [nameKey(b.unit.name), b.unit.id]));
      return this.views(db, actor, rows);
    });
  }

  /** One membership, on the connection of the work that has just written it. Throws `NotFound`. */
  async one(db: Db, actor: Actor, unitId: string, userId: string): Promise<Membership> {
    const membership = await db.manager.findOneBy(MembershipEntity, { unitId, userId });
    if (!membership) throw new NotFound('member');
    const unit = await db.manager.findOneByOrFail(UnitEntity, { id: unitId });
    const user = await db.manager.findOneByOrFail(UserEntity, { id: userId });
    const [view] = await this.views(db, actor, [{ unit, user, role: membership.role }]);
    if (!view) throw new NotFound('member');
    return view;
  }

  private async views(db: Db, actor: Actor, rows: readonly Row[]): Promise<Membership[]> {
    const open = actor.via.kind === 'session' ? await this.invitations(db, actor, rows) : undefined;
    return rows.map(({ unit, user, role }) => ({
      unit,
      user,
      role,
      active: user.active,
      inviteUrl: open?.get(user.id)?.url ?? null,
      inviteExpiresAt: open?.get(user.id)?.expiresAt ?? null,
    }));
  }

  private async invitations(
    db: Db,
    actor: Actor,
    rows: readonly Row[],
  ): Promise<Map<string, OpenInvitation>> {
    const invited = rows.map(({ user }) => user).filter(({ passwordHash }) => passwordHash === null);
    const units = await unitIdsOf(
      db,
      invited.map(({ id }) => id),
    );
    const held = invited.filter((user) => holdsAccount(actor, { user, unitIds: units.get(user.id) ?? [] }));
    return this.links.openInvitations(
      db,
      held.map(({ id }) => id),
    );
  }
}

/** The units of users, by user. */
export async function unitIdsOf(db: Db, userIds: readonly string[]): Promise<Map<string, string[]>> {
  const units = new Map<string, string[]>(userIds.map((id) => [id, []]));
  if (userIds.length === 0) return units;
  const rows = (await db.rows(
    `SELECT user_id, unit_id FROM membership WHERE user_id IN (${placeholders(userIds.length)}) ORDER BY unit_id`,
    userIds,
  )) as [string, string][];
  for (const [userId, unitId] of rows) units.get(userId)?.push(unitId);
  return units;
}

interface MemberName {
  userId: string;
  role: Role;
  name: string;
  email: string;
  sortValues: [key: string, id: string];
}

/** All of a unit: people are few, and sorting and searching without case mean the same on every database only here. */
async function memberNames(db: Db, unitId: string): Promise<MemberName[]> {
  const rows = (await db.rows(
    'SELECT u.id, m.role, u.name, u.email FROM membership m JOIN user u ON u.id = m.user_id WHERE m.unit_id = ?',
    [unitId],
  )) as [string, Role, string, string][];
  return rows
    .map(([userId, role, name, email]): MemberName => {
      return { userId, role, name, email, sortValues: [nameKey(name), userId] };
    })
    .sort((a, b) => compare(a.sortValues, b.sortValues));
}

function matching(members: MemberName[], search: string | undefined): MemberName[] {
  if (search === undefined) return members;
  const wanted = nameKey(search);
  return members.filter(
    ({ name, email }) => nameKey(name).includes(wanted) || nameKey(email).includes(wanted),
  );
}

const behind = (members: MemberName[], cursor: (string | number)[]): MemberName[] =>
  members.filter(({ sortValues }) => compare(sortValues, cursor) > 0);

async function usersOf(db: Db, unit: UnitEntity, members: readonly MemberName[]): Promise<Row[]> {
  const users = await db.manager.findBy(UserEntity, { id: In(members.map(({ userId }) => userId)) });
  const byId = new Map(users.map((user) => [user.id, user]));
  return members.flatMap(({ userId, role }) => {
    const user = byId.get(userId);
    return user ? [{ unit, user, role }] : [];
  });
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, value] of a.entries()) {
    const other = String(b[index]);
    if (String(value) !== other) return String(value) < other ? -1 : 1;
  }
  return 0;
}
