import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Actor } from '../../../src/access/actor';
import { type Role } from '../../../src/access/role';
import { noCheckpoint } from '../../../src/checkpoint';
import { ChangeLogStore } from '../../../src/change/log/change-log.store';
import { ConflictPresenter } from '../../../src/change/presentation/conflict.presenter';
import { LandingService } from '../../../src/change/landing.service';
import { SeenStatesService } from '../../../src/change/seen-states.service';
import { ConfigurationReaders } from '../../../src/configuration/configuration-readers';
import { ContentStore } from '../../../src/configuration/content.store';
import { ContentWriter } from '../../../src/configuration/content.writer';
import { type Presence } from '../../../src/safe-mode/presence/presence.store';
import { safeModeWork } from '../../../src/safe-mode/safe-mode-work';
import { type SafeMode } from '../../../src/safe-mode/safe-mode.store';
import { DirectoryStore } from '../../../src/storage/directory-store';
import { ObjectSweeper } from '../../../src/storage/object-sweeper';
import { Sealer } from '../../../src/storage/sealer';
import { openAccounts } from '../../parts/accounts';

export type PresenceScene = Awaited<ReturnType<typeof openPresenceScene>>;

/** The services of safe modes on a database of their own, with a clock that the test moves. */
export async function openPresenceScene() {
  const accounts = await openAccounts();
  const { database, topics, now } = accounts;
  const directory = mkdtempSync(path.join(tmpdir(), 'safeboard-presence-'));
  const sealer = new Sealer('ab'.repeat(32));
  const objects = new DirectoryStore(directory);
  const content = new ContentStore(sealer);
  const changeLog = new ChangeLogStore(sealer);
  const conflicts = new ConflictPresenter(content, changeLog, sealer);
  const work = safeModeWork({
    database,
    objects,
    objectSweeper: new ObjectSweeper(database, objects, now, noCheckpoint),
    sealer,
    topics,
    now,
    limits: { tasks: 100, bytes: 100_000, open: 1_000 },
    content,
    readers: new ConfigurationReaders(database, content),
    changeLog,
    seenStates: new SeenStatesService(changeLog, conflicts),
    conflicts,
    landing: new LandingService(new ContentWriter(sealer), changeLog),
  });
  const organisationAdmin = await accounts.signedIn(await accounts.aUser({ organisationAdmin: true }));

  const scene = {
    ...work,
    accounts,
    later: accounts.later,

    /** A unit with an admin who has nothing to do with safe modes. */
    aUnit: async () => (await accounts.units.createUnit(organisationAdmin, 'Newsroom')).id,

    /** Somebody in the unit, in a browser. */
    somebody: async (unitId: string, name: string, role: Role = 'ADMIN') =>
      accounts.signedIn(await accounts.aUser({ name, roles: { [unitId]: role } })),

    /** The same user with an API token. */
    async byToken(actor: Actor, unitId: string): Promise<Actor> {
      const made = await accounts.tokens.create(actor, { unitId, name: 'Script', role: 'ADMIN' });
      const found = await accounts.authenticator.actorOf({ authorization: `Bearer ${made.secret}` });
      return found!;
    },

    /** A safe mode that this user starts, and is in. */
    start: (actor: Actor, unitId: string, name: string): Promise<SafeMode> =>
      work.lifeCycle.start(actor, { unitId, name }),

    /** Takes a right away from somebody, as it stands in the database. */
    change: (sql: string, ...parameters: (string | boolean)[]) =>
      database.transaction((db) => db.run(sql, parameters)),

    /** Who is there, in words. */
    present: async (unitId: string) => (await work.presences.inUnit(unitId)).map(inWords),

    listen: (unitId: string, listener: Actor) => new Listener(work.presences.follow(unitId, listener)),

    async close() {
      await accounts.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return scene;
}

export const inWords = ({ userName, safeModeName, relation }: Presence): string =>
  `${userName} in ${safeModeName} (${relation})`;

/** Notes what a stream tells. */
export class Listener {
  /** Who was there each time, in words. */
  readonly told: string[][] = [];
  private readonly ended: Promise<void>;

  constructor(private readonly stream: AsyncIterableIterator<Presence[]>) {
    this.ended = this.follow();
    // Whoever wants to know awaits the end.
    this.ended.catch(() => undefined);
  }

  /** Until it was told so many times. */
  async toldTimes(count: number): Promise<void> {
    for (let waited = 0; this.told.length < count; waited++) {
      if (waited === 500)
        throw new Error(`It was told ${this.told.length} times: ${JSON.stringify(this.told)}`);
      await pause(10);
    }
  }

  async end(): Promise<void> {
    await this.stream.return?.();
    await this.ended;
  }

  /** Until the stream ends by itself; throws what it ended with. */
  untilEnd(): Promise<void> {
    return this.ended;
  }

  private async follow(): Promise<void> {
    for await (const presence of this.stream) this.told.push(presence.map(inWords));
  }
}
