import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { v7 as uuidv7 } from 'uuid';
import { WebSocket } from 'ws';
import { type Actor } from '../../src/access/actor';
import { AttemptEntity } from '../../src/access/attempt.entity';
import { AuditEntity } from '../../src/access/audit.entity';
import { PasswordService } from '../../src/access/password.service';
import { type Role } from '../../src/access/role';
import { UserEntity } from '../../src/access/user.entity';
import { SafeModePresenceEntity } from '../../src/safe-mode/safe-mode.entity';
import { ServerProcessEntity } from '../../src/servers/server-process.entity';
import { ObjectRemovalEntity } from '../../src/storage/storage.entity';
import { MembershipEntity } from '../../src/unit/membership.entity';
import { type Answer, type Credentials, credentialHeaders, TestServer } from '../parts/running-server';
import { ConfigurationClient } from '../parts/configuration';

export const callers = [
  'signed out',
  'member of another unit',
  'READONLY',
  'USER',
  'POWER_USER',
  'ADMIN',
  'ADMIN via token',
  'organisation admin elsewhere',
  'deactivated',
  'deactivated via token',
] as const;
export type Caller = (typeof callers)[number];

/** Goes by itself, counts, or is renewed while time passes. */
const passing = new Set<unknown>([
  AttemptEntity,
  AuditEntity,
  ObjectRemovalEntity,
  SafeModePresenceEntity,
  ServerProcessEntity,
]);

export const thePassword = 'correct horse';

/** A unit that everything is tried on, another one, and a user for every kind of caller. */
export class Office {
  private readonly users = new Map<Caller, UserEntity>();
  private passwordHash = '';
  private count = 0;

  private constructor(
    readonly server: TestServer,
    /** The unit, as its first admin. */
    readonly unit: ConfigurationClient,
    private elsewhere: string,
  ) {}

  static async open(environment: Record<string, string> = {}): Promise<Office> {
    const server = await TestServer.start({ SAFE_MODE_MAX_OPEN: '10000', ...environment });
    const office = new Office(server, await ConfigurationClient.ofAdmin(server), '');
    await office.fill();
    return office;
  }

  get unitId(): string {
    return this.unit.unitId;
  }

  /** From now on somebody else is the caller of this kind. */
  cast(caller: Caller, user: UserEntity): void {
    this.users.set(caller, user);
  }

  /** The user as an admin of the unit, for services: they leave it to their callers who may call them. */
  actor(user: UserEntity): Actor {
    return actorOf(user, this.unitId);
  }

  /** Something that is different each time. */
  unique(): string {
    return `n${++this.count}`;
  }

  user(caller: Caller): UserEntity {
    const user = this.users.get(caller);
    if (!user) throw new Error(`Nobody is ${caller}`);
    return user;
  }

  /** With a new session, or a new token, of the caller. */
  async credentials(caller: Caller): Promise<Credentials> {
    if (caller === 'signed out') return {};
    const user = this.user(caller);
    return caller.endsWith('via token') ? this.token(user, 'ADMIN') : this.session(user);
  }

  /** A new session of the user. */
  async session({ id }: { id: string }): Promise<Credentials> {
    const { database, sessions } = this.server.app;
    const { token } = await database.transaction((db) => sessions.begin(db, id));
    return { cookie: `safeboard_session=${token}` };
  }

  /** A new token of the user with this role at most. */
  async token(user: UserEntity, role: Role): Promise<Credentials> {
    const { unitId } = this;
    const { secret } = await this.server.app.tokens.create(this.actor(user), {
      unitId,
      name: 'Script',
      role,
    });
    return { token: secret };
  }

  async member(role: Role): Promise<UserEntity> {
    return this.insertUser({ [this.unitId]: role });
  }

  async insertUser(roles: Record<string, Role>, given: Partial<UserEntity> = {}): Promise<UserEntity> {
    const user: UserEntity = {
      id: uuidv7(),
      email: `${this.unique()}@example.org`,
      name: 'Somebody',
      passwordHash: this.passwordHash,
      organisationAdmin: false,
      active: true,
      createdAt: new Date(),
      ...given,
    };
    await this.server.app.database.transaction(async ({ manager }) => {
      await manager.insert(UserEntity, user);
      for (const [unitId, role] of Object.entries(roles))
        await manager.insert(MembershipEntity, { unitId, userId: user.id, role, createdAt: new Date() });
    });
    return user;
  }

  /** Everything that is stored, but for what only counts, notes and forgets who was or is here. */
  async everythingStored(): Promise<string[]> {
    return this.server.app.database.read(async (db) => {
      const { driver, entityMetadatas } = db.manager.connection;
      const stored: string[] = [];
      for (const { target, tableName, columns } of entityMetadatas) {
        if (passing.has(target)) continue;
        const lasting = columns
          .map(({ databaseName }) => databaseName)
          .filter((name) => name !== 'last_used_at');
        const rows = await db.rows(
          `SELECT ${lasting.map((name) => driver.escape(name)).join(', ')} FROM ${driver.escape(tableName)}`,
        );
        stored.push(...rows.map((row) => `${tableName} ${JSON.stringify(row)}`));
      }
      return stored.sort();
    });
  }

  /** Until no job is left that could still write. */
  async jobsAtRest(): Promise<void> {
    const { database } = this.server.app;
    const open = "SELECT id FROM job WHERE state IN ('QUEUED', 'RUNNING')";
    while ((await database.read((db) => db.rows(open))).length > 0) await pause(20);
  }

  /** The first thing that a subscription sends. */
  async firstOf(
    query: string,
    variables: Record<string, unknown>,
    as: Credentials,
  ): Promise<Answer<unknown>> {
    const headers = credentialHeaders({ cookie: as.cookie });
    const client = createClient({
      url: `${this.server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string) {
          super(url, protocols, { headers });
        }
      },
      connectionParams: as.token ? { authorization: `Bearer ${as.token}` } : {},
      retryAttempts: 0,
    });
    try {
      for await (const answer of client.iterate({ query, variables })) return answer as Answer<unknown>;
      throw new Error('The subscription ended without an answer');
    } catch (error) {
      return socketRefusal(error);
    } finally {
      await client.dispose();
    }
  }

  private async fill(): Promise<void> {
    this.passwordHash = await new PasswordService().hash(thePassword);
    this.elsewhere = await this.makeUnit('Sports');
    const here = (role: Role) => this.insertUser({ [this.unitId]: role });
    for (const role of ['READONLY', 'USER', 'POWER_USER', 'ADMIN'] as const)
      this.users.set(role, await here(role));
    this.users.set('ADMIN via token', await here('ADMIN'));
    this.users.set('member of another unit', await this.insertUser({ [this.elsewhere]: 'ADMIN' }));
    this.users.set(
      'organisation admin elsewhere',
      await this.insertUser({ [this.elsewhere]: 'ADMIN' }, { organisationAdmin: true }),
    );
    for (const caller of ['deactivated', 'deactivated via token'] as const)
      this.users.set(caller, await this.insertUser({ [this.unitId]: 'ADMIN' }, { active: false }));
  }

  private async makeUnit(name: string): Promise<string> {
    const { data } = await this.server.graphql<{ createUnit: { id: string } }>(
      'mutation ($name: String!) { createUnit(name: $name) { id } }',
      { name },
      this.unit.as,
    );
    return data.createUnit.id;
  }
}

const actorOf = (user: UserEntity, unitId: string): Actor => ({
  userId: user.id,
  email: user.email,
  name: user.name,
  organisationAdmin: user.organisationAdmin,
  roles: new Map([[unitId, 'ADMIN']]),
  via: { kind: 'session', id: 'none' },
});

/** A socket that is not let in, or a subscription that is refused, as an answer. */
function socketRefusal(error: unknown): Answer<unknown> {
  if (Array.isArray(error)) return { data: null, errors: error as Answer<unknown>['errors'] };
  const { code, reason } = error as { code?: number; reason?: string };
  if (code !== 4403) throw error;
  return { data: null, errors: [{ message: reason ?? '', extensions: { code: 'UNAUTHENTICATED' } }] };
}
