import 'reflect-metadata';
import { cpSync } from 'node:fs';
import { Readable } from 'node:stream';
import { v7 as uuid } from 'uuid';
import { copyDatabase } from '../../src/copy-database';
import { ServerProcessEntity } from '../../src/servers/server-process.entity';
import { thisProcess } from '../../src/servers/this-process';
import { sqliteDataSource } from '../../src/storage/data-source';
import { addressOf } from '../../src/storage/database-url';
import { connectMysql } from '../../src/storage/mysql-database';
import { openDatabase } from '../../src/storage/open-database';
import { S3Store } from '../../src/storage/s3-store';
import { resultOf } from '../backup/parts/desk';
import { type Actor } from '../../src/access/actor';
import { aPlace, type Place } from '../parts/place';
import { TestServer, testSettings } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { describeOnSwift } from '../parts/swift';
import { aBucket, type Bucket } from '../parts/swift-bucket';
import { StoredFiles } from '../safe-mode/parts/stored-files';

// The way leads from SQLite to the database that the other tests of this run use.
const describeOnServer = globalThis.testedDatabase === 'mariadb' ? describe : describe.skip;

describeOnServer('moving from the embedded database to MariaDB', () => {
  let old: Place;
  let target: Place;
  let safeModeId: string;
  let before: unknown;
  /** Keys of all that was stored. */
  let files: string[];
  const told: string[] = [];

  /** All that a user of the unit sees, with the safe mode's preview. */
  async function seen(server: TestServer): Promise<unknown> {
    const admin = await SafeModeClient.ofAdmin(server);
    const fields = `revision plugins { nodes { id name configuration } } workspaces { nodes { id name } }
      profiles { nodes { id name } } configKeys(first: 100) { nodes { key value } }
      history(first: 100) { nodes { revision cause at } }`;
    return {
      live: await admin.configuration.unit(fields),
      preview: await admin.in({ id: safeModeId }).unit('configKeys(first: 100) { nodes { key value } }'),
      safeModes: await admin.list(),
      applied: await admin.list('APPLIED'),
    };
  }

  beforeAll(async () => {
    old = await aPlace('sqlite');
    target = await aPlace();
    const server = await TestServer.start({ SAMPLE_UNIT: 'true' }, old);
    const admin = await SafeModeClient.ofAdmin(server);
    // A unit that was imported: two generations, a plan, an upload with its files.
    const actor = (await server.app.authenticator.actorOf(await server.signIn())) as Actor;
    const { unitId } = admin.configuration;
    const work = server.app.backups;
    const password = 'four words of mine';
    const exported = await work.jobs.ended((await work.exports.begin(actor, { unitId, password })).id);
    expect(exported.state).toBe('DONE');
    await admin.configuration.setConfigKey('text', { value: 'naïve 😀 \\ " \' \n end ' });
    await admin.configuration.setConfigKey('secret', { value: { deep: [1.5, true, null] }, secret: true });
    const { id: appliedId } = await admin.start();
    await admin.in({ id: appliedId }).setConfigKey('applied', { value: 1 });
    await admin.apply(appliedId);
    ({ id: safeModeId } = await admin.start());
    await admin.in({ id: safeModeId }).setConfigKey('planned', { value: 'later' });
    before = await seen(server);
    // What was replaced goes now, not when the next server starts.
    await server.app.backups.objectSweeper.sweep();
    files = (await new StoredFiles(server).names()).sort();
    expect(files.length).toBeGreaterThan(1);
    await expect(copy()).rejects.toThrow(/A server runs on .*: stop it first/);
    await server.halt();
    // The new server's files are where the old one's were.
    cpSync(`${old.dataDir}/files`, `${target.dataDir}/files`, { recursive: true });
  });
  afterAll(async () => {
    await old.remove();
    await target.remove();
  });

  const copy = (environment: Record<string, string> = {}, { databaseUrl } = target) =>
    copyDatabase(
      testSettings({ dataDir: old.dataDir, databaseUrl }, environment),
      (line) => void told.push(line),
    );

  async function tables({ databaseUrl } = target): Promise<string[]> {
    const { source } = await connectMysql(addressOf(databaseUrl!), 0);
    await source.initialize();
    const found = await source.query<object[]>('SHOW TABLES');
    await source.destroy();
    return found.map((row) => Object.values(row)[0] as string);
  }

  test('another server key is refused, and the target stays empty', async () => {
    await expect(copy({ SERVER_KEY: 'ab'.repeat(32) })).rejects.toThrow(/SERVER_KEY is not the key/);
    expect(await tables()).toEqual([]);
  });

  test('a row that the target does not take leaves it empty', async () => {
    const source = await sqliteDataSource(old.dataDir, 'write').initialize();
    await source.query("INSERT INTO installation (name, value) VALUES ('too long', ?)", ['']);
    await source.query("UPDATE installation SET name = ? WHERE name = 'too long'", ['x'.repeat(61)]);
    await expect(copy()).rejects.toThrow(/A server runs on/);
    await source.destroy();
    await expect(copy()).rejects.toThrow(/Data too long/);
    expect(await tables()).toEqual([]);

    const again = await sqliteDataSource(old.dataDir, 'write').initialize();
    await again.query('DELETE FROM installation WHERE name = ?', ['x'.repeat(61)]);
    await again.destroy();
  });

  describeOnSwift('with a bucket', () => {
    let bucket: Bucket;
    let elsewhere: Place;
    beforeAll(async () => void ([bucket, elsewhere] = [await aBucket(), await aPlace()]));
    afterAll(async () => {
      await elsewhere.remove();
      await bucket.remove();
    });

    test('a file that is another one there stops it before anything is copied to the database', async () => {
      const [key] = files;
      const store = new S3Store(bucket.location);
      await store.put(key!, Readable.from([Buffer.from('not ours')], { objectMode: false }));
      await expect(copy(bucket.environment, elsewhere)).rejects.toThrow(
        `The file ${key} is another one in the bucket.`,
      );
      expect(await tables(elsewhere)).toEqual([]);
      await store.remove(key!);
    });

    test('files go there too, each read back, and a server with the same settings finds them', async () => {
      told.length = 0;
      await copy(bucket.environment, elsewhere);
      expect(told).toContain(
        `${files.length} files are in the bucket ${bucket.location.bucket}, each read back.`,
      );
      const server = await TestServer.start(bucket.environment, elsewhere);
      expect((await new StoredFiles(server).names()).sort()).toEqual(files);
      expect(await seen(server)).toEqual(before);
      await server.halt();
    });
  });

  test('everything is there afterwards, but for who was there at that moment, and goes on', async () => {
    const source = await sqliteDataSource(old.dataDir, 'write').initialize();
    const killed = { ...thisProcess(), version: '1', messages: 'NONE' as const, startedAt: new Date() };
    await source.manager.insert(ServerProcessEntity, { id: uuid(), ...killed, leaseUntil: new Date() });
    await source.destroy();
    told.length = 0;
    await copy();
    expect(told.filter((line) => /^(server_process|safe_mode_presence):/.test(line))).toEqual([]);
    expect(told.find((line) => line.startsWith('config_key:'))).toMatch(
      /^config_key: 4\d rows, sha256 \w+ on both sides$/,
    );
    const server = await TestServer.start({}, target);
    expect(server.app.servers.living).toHaveLength(1);
    expect(await seen(server)).toEqual(before);
    const admin = await SafeModeClient.ofAdmin(server);
    expect(await admin.apply(safeModeId)).toMatchObject({ __typename: 'SafeModeApplied' });
    const actor = (await server.app.authenticator.actorOf(await server.signIn())) as Actor;
    const work = server.app.backups;
    const { unitId } = admin.configuration;
    const job = await work.exports.begin(actor, { unitId, password: 'four words of mine' });
    expect(resultOf(await work.jobs.ended(job.id))).toBeDefined();
    await server.halt();
  });

  test('a target that holds something is refused, and what it holds stays', async () => {
    await expect(copy()).rejects.toThrow(/has tables already/);
    const database = await openDatabase(target);
    expect(Number((await database.read((db) => db.rows('SELECT COUNT(*) FROM user')))[0]![0])).toBe(1);
    await database.close();
  });
});
