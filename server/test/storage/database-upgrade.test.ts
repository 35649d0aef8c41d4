import 'reflect-metadata';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { migrations } from '../../src/migrations';
import { addColumn, createTable, id, integer, string, text } from '../../src/migrations/table';
import { addressOf } from '../../src/storage/database-url';
import { connectMysql } from '../../src/storage/mysql-database';
import { migrateMysql } from '../../src/storage/mysql-migration';
import { openDatabase } from '../../src/storage/open-database';
import { aPlace, type Place } from '../parts/place';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';

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

describeOnServer('upgrading while servers run', () => {
  let place: Place;
  let server: TestServer;
  let admin: SafeModeClient;
  beforeAll(async () => {
    place = await aPlace();
    server = await TestServer.start({}, place);
    admin = await SafeModeClient.ofAdmin(server);
  });
  afterAll(() => place.remove());

  /** What a newer server does when it starts. */
  async function upgrade(): Promise<void> {
    const { source } = await connectMysql(addressOf(place.databaseUrl!), 0);
    const newer = new DataSource({
      ...source.options,
      migrations: [...migrations, Expand1900000000000],
    });
    await newer.initialize();
    await migrateMysql(newer);
    await newer.destroy();
  }

  test('an old server serves on, request by request, while a new one adds tables and columns', async () => {
    const before = await admin.configuration.revision();
    let upgraded = false;
    let requests = 0;
    const steady = ['one', 'two', 'three'].map(async (key) => {
      for (let after = 0; after < 5; after += upgraded ? 1 : 0) {
        await admin.configuration.setConfigKey(key, { value: ++requests });
        await admin.configuration.unit(
          'configKeys { nodes { key value } } members { nodes { user { name } } }',
        );
      }
    });
    await upgrade();
    upgraded = true;
    await Promise.all(steady);
    expect(await admin.configuration.revision()).toBe(before + requests);
  });

  test('a server of the old version starts beside it, and after the new one has gone', async () => {
    const { id } = await admin.start();
    await admin.in({ id }).setConfigKey('planned', { value: 1 });
    await server.halt();
    server = await TestServer.start({}, place);
    admin = await SafeModeClient.ofAdmin(server);
    expect(await admin.apply(id)).toMatchObject({ __typename: 'SafeModeApplied' });
    await server.halt();
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
