import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { someConfiguration } from '../backup/parts/configuration';
import { contentOf, openDesk } from '../backup/parts/desk';
import { GaleraCluster } from '../parts/galera';
import { type Place } from '../parts/place';
import { RedisServer } from '../parts/redis';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { type CommitFate, SqlGate } from '../safe-mode/parts/sql-gate';
import { addressOf } from '../../src/storage/database-url';
import { openDatabase } from '../../src/storage/open-database';
import { insist, keepDoing } from './parts/insistent';

jest.setTimeout(300_000);

let cluster: GaleraCluster;
let dataDir: string;
let redis: RedisServer;
/** Servers that share a database tell each other through it. */
let environment: Record<string, string>;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'safeboard-test-'));
  redis = await RedisServer.start();
  environment = { LOG_LEVEL: 'silent', REDIS_URL: redis.url };
  cluster = await GaleraCluster.start();
});
afterAll(async () => {
  await cluster?.stop();
  await redis?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The same database and files for every server, which tries the nodes in this order. */
const placeOf = (database: string, ...nodes: number[]): Place => ({
  dataDir,
  databaseUrl: cluster.url(database, ...nodes),
  remove: () => Promise.resolve(),
});

test('two servers that start on two nodes of an empty cluster: one migrates, the other waits', async () => {
  await cluster.query(0, 'CREATE DATABASE started');
  const opened = await Promise.all([
    openDatabase(placeOf('started', 0)),
    openDatabase(placeOf('started', 1)),
  ]);
  for (const database of opened) await database.close();
  const names = (await cluster.query(2, 'SELECT name FROM started.migration ORDER BY id')) as {
    name: string;
  }[];
  expect(names.length).toBeGreaterThan(1);
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  expect(await cluster.query(2, 'SELECT * FROM started.migration_lease')).toEqual([]);
});

describe('two servers on different nodes', () => {
  let first: TestServer;
  let second: TestServer;
  let atFirst: SafeModeClient;
  let atSecond: SafeModeClient;

  beforeAll(async () => {
    await cluster.query(0, 'CREATE DATABASE board');
    first = await TestServer.start(environment, placeOf('board', 0, 1, 2));
    second = await TestServer.start(environment, placeOf('board', 1, 2, 0));
    atFirst = await SafeModeClient.ofAdmin(first);
    atSecond = await SafeModeClient.ofAdmin(second);
  });
  afterAll(async () => {
    await second?.halt();
    await first?.halt();
  });

  const valueAt = async (client: SafeModeClient, key: string) => {
    const { configKey } = await client.configuration.unit<{ configKey: { value: unknown } | null }>(
      `configKey(key: "${key}") { value }`,
    );
    return configKey?.value;
  };

  test('what was written through one is read through the other at once', async () => {
    for (let value = 1; value <= 25; value++) {
      await atFirst.configuration.setConfigKey('echo', { value });
      expect(await valueAt(atSecond, 'echo')).toBe(value);
      await atSecond.configuration.setConfigKey('echo', { value: -value });
      expect(await valueAt(atFirst, 'echo')).toBe(-value);
    }
  });

  test('writes of one unit through both at once are all done, one after the other', async () => {
    const before = await atFirst.configuration.revision();
    const writes = [atFirst, atSecond].flatMap(({ configuration }, index) =>
      Array.from({ length: 10 }, (_, number) =>
        insist(() =>
          configuration.setConfigKey(`at once ${index}-${number}`, {
            value: 1,
            operationId: `at once ${index}-${number}`,
          }),
        ),
      ),
    );
    await Promise.all(writes);
    expect(await atSecond.configuration.revision()).toBe(before + writes.length);
  });

  test('one node is killed and comes back, then another, under a load of edits and applies: all that was acknowledged is there, once', async () => {
    const before = await atFirst.configuration.revision();
    const last: Record<string, number> = {};
    const writers = [atFirst, atSecond, atFirst, atSecond].map((client, index) =>
      keepDoing(async (value) => {
        const key = `writer ${index}`;
        await insist(() =>
          client.configuration.setConfigKey(key, { value, operationId: `${key}: ${value}` }),
        );
        last[key] = value;
      }),
    );
    const appliers = [atFirst, atSecond].map((client, index) =>
      keepDoing(async (value) => {
        const key = `applier ${index}`;
        const operationId = `${key}: ${value}`;
        const { id } = await insist(() => client.start({ operationId }));
        await insist(() =>
          client.in({ id }).setConfigKey(key, { value, operationId: `${operationId} recorded` }),
        );
        const applied = await insist(() => client.apply(id));
        expect(applied.__typename).toBe('SafeModeApplied');
        last[key] = value;
      }),
    );
    await pause(1_000);
    for (const node of [0, 1]) {
      await cluster.kill(node);
      await pause(1_000);
      await cluster.restart(node);
    }
    await pause(1_000);
    const counts = await Promise.all([...writers, ...appliers].map((stop) => stop()));

    for (const client of [atFirst, atSecond]) {
      for (const [key, value] of Object.entries(last)) expect(await valueAt(client, key)).toBe(value);
    }
    const done = counts.reduce((sum, count) => sum + count, 0);
    expect(await atSecond.configuration.revision()).toBe(before + done);
    const keys = 'SELECT generation_id, id, value FROM board.config_key ORDER BY generation_id, id';
    const onOne = await cluster.query(0, keys);
    for (const node of [1, 2]) expect(await cluster.query(node, keys)).toEqual(onOne);
  });

  test('a node that hangs is left, and served from again when it is back', async () => {
    const before = await atFirst.configuration.revision();
    cluster.freeze(2, true);
    try {
      // Whichever node the first server is at by now, it is asked at the one that hangs.
      const hanging = await TestServer.start(environment, placeOf('board', 2, 0, 1));
      const client = await SafeModeClient.ofAdmin(hanging);
      await insist(() => client.configuration.setConfigKey('hanging', { value: 1, operationId: 'hanging' }));
      expect(await valueAt(atFirst, 'hanging')).toBe(1);
      await hanging.halt();
    } finally {
      cluster.freeze(2, false);
    }
    expect(await atSecond.configuration.revision()).toBe(before + 1);
  });
});

describe('a connection that is lost while a transaction is committed', () => {
  test.each<CommitFate>(['lost', 'unanswered', 'late'])(
    'a commit that is %s: another node is asked, and what it says stands',
    async (fate) => {
      const database = `doubt_${fate}`;
      await cluster.query(0, `CREATE DATABASE ${database}`);
      const gate = await SqlGate.before(cluster.url(database, 0));
      const hosts = [new URL(gate.url), new URL(cluster.url(database, 1))].map(({ host }) => host);
      const place = { ...placeOf(database, 0), databaseUrl: `mariadb://root@${hosts.join(',')}/${database}` };
      const server = await TestServer.start({ LOG_LEVEL: 'silent' }, place);
      const { configuration } = await SafeModeClient.ofAdmin(server);
      const before = await configuration.revision();
      const edit = () => configuration.setConfigKey('doubted', { value: 1, operationId: 'doubted' });

      gate.cutAtCommit(fate, true);
      const isDone = await edit().then(
        () => true,
        () => false,
      );
      expect(gate.hasCut).toBe(true);
      // Until a commit that is late has come.
      await pause(1_500);
      expect(await configuration.revision()).toBe(before + (isDone ? 1 : 0));
      await insist(edit);
      expect(await configuration.revision()).toBe(before + 1);
      await server.halt();
    },
  );
});

test('a backup goes out and comes back in', async () => {
  await cluster.query(0, 'CREATE DATABASE backups');
  const desk = await openDesk({ place: placeOf('backups', 0, 1, 2) });
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const file = await desk.export(admin, unitId);
  await desk.edit(unitId, [
    { ...someConfiguration()[4]!, before: someConfiguration()[4]!.after, after: undefined },
  ]);
  await desk.import(admin, unitId, file);
  expect(await contentOf(await desk.export(admin, unitId))).toEqual(await contentOf(file));
  expect(desk.faults).toEqual([]);
  await desk.halt();
});

test('an address that names a node that is not there is served by the next one', async () => {
  const { hosts } = addressOf(cluster.url('board', 0));
  const gone = `mariadb://root@127.0.0.1:1,127.0.0.1:${hosts[0]!.port}/board`;
  const database = await openDatabase({ dataDir, databaseUrl: gone });
  expect(await database.read((db) => db.rows('SELECT 1'))).toEqual([[1]]);
  await database.close();
});
