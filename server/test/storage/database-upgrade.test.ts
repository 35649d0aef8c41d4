import 'reflect-metadata';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrations } from '../../src/migrations';
import { addColumn, createTable, id, integer, string, text } from '../../src/migrations/table';
import { openDatabase } from '../../src/storage/open-database';
import { insist, keepDoing } from '../cluster/parts/insistent';
import { freePort } from '../parts/free-port';
import { aPlace, type Place, sideBySide } from '../parts/place';
import { RoundRobin } from '../parts/round-robin';
import { ServedApi, TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { FollowingPage } from '../servers/parts/following-page';

/** As a version to come may add things. */
class Expand1900000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, { name: 'label', columns: { id, text }, key: ['id'] });
    for (const table of ['unit', 'config_key', 'safe_mode', 'change_entry'])
      await addColumn(runner, table, 'weight', { ...integer, default: 0 });
    await addColumn(runner, 'user', 'language', { ...string(20), default: "'en'" });
  }

  down(): Promise<void> {
    throw new Error('Not needed');
  }
}

const describeOnServer = globalThis.testedDatabase === 'mariadb' ? describe : describe.skip;

/** What clients see that know only the balancer. */
class Balanced extends ServedApi {
  constructor(readonly url: string) {
    super();
  }
}

describeOnServer('upgrading while servers run', () => {
  let place: Place;
  let ports: number[];
  let servers: TestServer[];
  beforeAll(async () => {
    place = await aPlace();
    ports = [await freePort(), await freePort()];
    servers = await Promise.all(ports.map(startAt));
  });
  afterAll(() => place.remove());

  const startAt = (port: number) =>
    TestServer.start({ ...sideBySide(), PORT: String(port), DRAIN_DELAY_SECONDS: '1' }, place);

  /** Servers that start meanwhile are of the newer version. */
  async function whileNewer(work: () => Promise<void>): Promise<void> {
    const known = migrations as (new () => MigrationInterface)[];
    known.push(Expand1900000000000);
    await work().finally(() => known.pop());
  }

  test('two servers are replaced one after the other by newer ones, which add tables and columns, while requests run: none is lost', async () => {
    const balancer = await RoundRobin.before(
      servers.map(({ url }) => url),
      { looksAtReadiness: true },
    );
    const { configuration } = await SafeModeClient.ofAdmin(new Balanced(balancer.url));
    const pages = await Promise.all(
      servers.map(() => FollowingPage.open(balancer.url, configuration.unitId, configuration.as)),
    );
    const before = await configuration.revision();
    const seen = () =>
      configuration.unit<{ configKeys: { nodes: object[] } }>(
        'configKeys { nodes { key value } } members { nodes { user { name } } }',
      );
    const writers = ['one', 'two', 'three'].map((key) =>
      keepDoing(async (value) => {
        await insist(() => configuration.setConfigKey(key, { value, operationId: `${key}: ${value}` }));
        await insist(seen);
      }),
    );
    const readers = Array.from({ length: 30 }, () => keepDoing(async () => void (await insist(seen))));
    await whileNewer(async () => {
      for (const [index, port] of ports.entries()) {
        await servers[index]!.halt();
        servers[index] = await startAt(port);
      }
    });
    await Promise.all(readers.map((stop) => stop()));
    const [one, two, three] = await Promise.all(writers.map((stop) => stop()));

    const rows = await servers[0]!.app.database.read((db) => db.rows('SELECT weight FROM unit'));
    expect(rows).toEqual([[0]]);
    const revision = await configuration.revision();
    expect(revision).toBe(before + one! + two! + three!);
    expect((await seen()).configKeys.nodes).toEqual(
      expect.arrayContaining([
        { key: 'one', value: one },
        { key: 'two', value: two },
        { key: 'three', value: three },
      ]),
    );
    for (const page of pages) {
      await page.until(() => page.told.at(-1)!.revision === revision);
      expect(new Set(page.closings)).toEqual(new Set([1012]));
      await page.close();
    }
    await balancer.stop();
  });

  test('a server of the old version starts beside newer ones, and goes on after they have gone', async () => {
    const old = await TestServer.start(sideBySide(), place);
    const admin = await SafeModeClient.ofAdmin(old);
    const { id } = await admin.start();
    await admin.in({ id }).setConfigKey('planned', { value: 1 });
    for (const newer of servers) await newer.halt();
    expect(await admin.apply(id)).toMatchObject({ __typename: 'SafeModeApplied' });
    await old.halt();
  });

  test('once something it needs is gone it does not start, and says why', async () => {
    const database = await openDatabase(place);
    await database.transaction((db) =>
      db.run("UPDATE installation SET value = '1900000000000' WHERE name = 'oldest-compatible-migration'"),
    );
    await database.close();
    await expect(openDatabase(place)).rejects.toThrow(
      /upgraded by a newer version of Safeboard \(Expand1900000000000\)/,
    );
  });

  test('a server that does not fit is refused with what is to be changed', async () => {
    const other = await aPlace();
    await expect(openDatabase(other, 1024 ** 3)).rejects.toThrow(
      /max_allowed_packet is 16777216: set it to 2147483648 or more/,
    );
    const database = await openDatabase(other);
    await database.transaction((db) =>
      db.run('ALTER TABLE config_key MODIFY id VARCHAR(255) COLLATE utf8mb4_general_ci'),
    );
    await database.close();
    await expect(openDatabase(other)).rejects.toThrow(/config_key.id has the collation utf8mb4_general_ci/);
    await other.remove();
  });
});
