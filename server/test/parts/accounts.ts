import { v7 as uuidv7 } from 'uuid';
import { AccountService } from '../../src/access/account.service';
import { type Actor } from '../../src/access/actor';
import { ApiTokenService } from '../../src/access/api-token.service';
import { AttemptLimiter } from '../../src/access/attempt-limiter';
import { Audit } from '../../src/access/audit';
import { Authenticator } from '../../src/access/authenticator';
import { shifted } from '../../src/access/clock';
import { OneTimeLinks } from '../../src/access/one-time-links';
import { PasswordService } from '../../src/access/password.service';
import { type Role } from '../../src/access/role';
import { SessionService } from '../../src/access/session.service';
import { SetUpService } from '../../src/access/set-up.service';
import { UserEntity } from '../../src/access/user.entity';
import { createTopics } from '../../src/messages/topics';
import { type Database } from '../../src/storage/database';
import { openDatabase } from '../../src/storage/open-database';
import { Sealer } from '../../src/storage/sealer';
import { MemberService } from '../../src/unit/member.service';
import { MembershipEntity } from '../../src/unit/membership.entity';
import { Memberships } from '../../src/unit/memberships';
import { insertUnit } from '../../src/unit/new-unit';
import { UnitService } from '../../src/unit/unit.service';
import { aPlace } from './place';

export const thePassword = 'correct horse';

interface UserGiven {
  email?: string;
  name?: string;
  /** Role by unit. */
  roles?: Readonly<Record<string, Role>>;
  organisationAdmin?: boolean;
  active?: boolean;
  /** Invited, but has not chosen a password. */
  invited?: boolean;
}

export type Accounts = Awaited<ReturnType<typeof openAccounts>>;

/** All services of accounts and units on a database of their own, with a clock that the test moves. */
export async function openAccounts() {
  const place = await aPlace();
  const database = await openDatabase(place);
  const time = { now: new Date('2026-03-01T12:00:00.000Z') };
  const now = () => time.now;
  const topics = createTopics();
  const filled: string[] = [];

  const passwords = new PasswordService();
  const audit = new Audit(database, now);
  const limiter = new AttemptLimiter(database, now);
  const sessions = new SessionService(database, topics, now);
  const links = new OneTimeLinks(database, new Sealer('ab'.repeat(32)), () => 'https://board.example', now);
  const tokens = new ApiTokenService(database, sessions, audit, now);
  const memberships = new Memberships(database, links);
  const services = {
    passwords,
    audit,
    limiter,
    sessions,
    links,
    tokens,
    memberships,
    accounts: new AccountService(database, passwords, sessions, links, limiter, audit),
    authenticator: new Authenticator(database, sessions, tokens, now),
    members: new MemberService(database, memberships, passwords, sessions, links, audit, now),
    units: new UnitService(database, topics, sessions, audit, now),
    setUp: new SetUpService(database, passwords, sessions, topics, audit, now, (unitId) => {
      filled.push(unitId);
      return Promise.resolve();
    }),
  };
  const passwordHash = await passwords.hash(thePassword);
  const revoked: string[] = [];
  const publish = topics.publish.bind(topics) as (...message: unknown[]) => void;
  topics.publish = (...message: unknown[]) => {
    if (message[0] === 'accessRevoked') revoked.push((message[1] as { accessId: string }).accessId);
    publish(...message);
  };

  return {
    ...services,
    database,
    topics,
    /** Ids of sessions and tokens whose sockets were told to close. */
    revoked,
    /** Units that were filled with the sample. */
    filled,
    now,
    /** @param milliseconds how far the clock goes on */
    later: (milliseconds: number) => void (time.now = shifted(time.now, milliseconds)),

    /** A unit without members. */
    async aUnit(name = 'Newsroom'): Promise<string> {
      const { id: founder } = await insertUser(database, passwordHash, { active: false });
      return database.transaction(async (db) => {
        const unit = await insertUnit(db, name, founder, now());
        await db.run('DELETE FROM membership WHERE unit_id = ?', [unit.id]);
        return unit.id;
      });
    },

    aUser: (given: UserGiven = {}) => insertUser(database, passwordHash, given),

    /** Begins a session of the user. */
    async signedIn({ id }: { id: string }): Promise<Actor & { cookie: string }> {
      const { token } = await database.transaction((db) => sessions.begin(db, id));
      const actor = await services.authenticator.actorOfSession(token);
      if (!actor) throw new Error('This user cannot sign in');
      return { ...actor, cookie: `safeboard_session=${token}` };
    },

    /** One column of a query. */
    column: async (sql: string, parameters: string[] = []) =>
      database.read(async (db) => (await db.rows(sql, parameters)).flat()),

    async close() {
      await database.close();
      await place.remove();
    },
  };
}

/** The code and text of the refusal that comes of it; fails the test when it is let pass. */
export async function refusal(
  work: Promise<unknown> | (() => unknown),
): Promise<{ code: string; message: string }> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    if (!code) throw error;
    return { code, message };
  }
  throw new Error('It was not refused');
}

/** The last part of a link. */
export const tokenOf = (link: string | null): string => link?.split('/').at(-1) ?? '';

let count = 0;

async function insertUser(database: Database, passwordHash: string, given: UserGiven): Promise<UserEntity> {
  count++;
  const { roles = {}, organisationAdmin = false, active = true, invited = false } = given;
  const user: UserEntity = {
    id: uuidv7(),
    email: given.email ?? `user-${count}@example.org`,
    name: given.name ?? `User ${count}`,
    passwordHash: invited ? null : passwordHash,
    organisationAdmin,
    active,
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
  };
  await database.transaction(async ({ manager }) => {
    await manager.insert(UserEntity, user);
    for (const [unitId, role] of Object.entries(roles))
      await manager.insert(MembershipEntity, { unitId, userId: user.id, role, createdAt: user.createdAt });
  });
  return user;
}
