import { randomBytes } from 'node:crypto';
import { Upload } from 'tus-js-client';
import { toUploads, tus, tusPart } from '../backup/parts/http';
import { ConfigurationClient } from '../parts/configuration';
import { freePort } from '../parts/free-port';
import { aPlace, type Place } from '../parts/place';
import { RedisServer } from '../parts/redis';
import { RoundRobin } from '../parts/round-robin';
import { type Credentials, credentialHeaders, ServedApi, TestServer } from '../parts/running-server';
import { type SafeModeAnswer, SafeModeClient } from '../parts/safe-modes';
import { describeOnSwift } from '../parts/swift';
import { aBucket, type Bucket } from '../parts/swift-bucket';
import { SwiftGate } from '../parts/swift-gate';
import { BannerListener } from '../safe-mode/parts/banner-listener';
import { KillableServer } from '../safe-mode/parts/killable-server';
import { BackupClient } from './parts/backup-client';
import { FollowingPage } from './parts/following-page';
import { MainProcess } from './parts/main-process';

const describeOnServers = globalThis.testedDatabase === 'mariadb' ? describeOnSwift : describe.skip;

/** What a client sees that knows only the balancer. */
class Balanced extends ServedApi {
  constructor(readonly url: string) {
    super();
  }
}

describeOnServers('two servers with one database, one bucket and one Redis', () => {
  let place: Place;
  let bucket: Bucket;
  let redis: RedisServer;
  let environment: Record<string, string>;
  let one: TestServer;
  let two: TestServer;
  let as: Credentials;
  let unitId: string;
  let backups: BackupClient;
  let third: MainProcess | undefined;
  const open: BannerListener[] = [];

  beforeAll(async () => {
    [place, bucket, redis] = [await aPlace(), await aBucket(), await RedisServer.start()];
    environment = { ...bucket.environment, REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
    one = await TestServer.start(environment, place);
    two = await TestServer.start(environment, place);
    as = await one.signIn();
    unitId = await one.firstUnitId(as);
    backups = new BackupClient(one, unitId, as);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((listener) => listener.close()));
    third?.kill();
  });
  afterAll(async () => {
    await two.halt();
    await one.stop();
    await redis.stop();
    await bucket.remove();
  });

  async function listenAt(server: ServedApi, who = as): Promise<BannerListener> {
    const listener = await BannerListener.open(server, unitId, who);
    open.push(listener);
    return listener;
  }

  /** A backup made at one server and fetched from the other. */
  async function aBackup(): Promise<Buffer> {
    const exporting = await backups.beginExport();
    expect((await backups.at(two).ended(exporting)).state).toBe('DONE');
    return backups.at(two).download(exporting);
  }

  async function aSafeMode(key: string): Promise<[SafeModeClient, SafeModeAnswer]> {
    const here = SafeModeClient.as(one, unitId, as);
    const { id } = await here.start();
    await here.in({ id }).setConfigKey(key, { value: 'mine' });
    return [here, await here.find(id)];
  }

  const valueAt = async (server: ServedApi, key: string) => {
    const client = new ConfigurationClient(server, unitId, as, 'none');
    const { configKey } = await client.unit<{ configKey: { value: unknown } | null }>(
      'configKey(key: $key) { value }',
      { key },
      '$key: String!',
    );
    return configKey?.value;
  };

  test('a safe mode applied at one: the bar is gone and the state is new at the other’s clients', async () => {
    const bar = await listenAt(two);
    const [here, { id }] = await aSafeMode('applied');
    await bar.until(() => bar.told.at(-1)!.length === 1);
    expect((await here.apply(id)).__typename).toBe('SafeModeApplied');
    await bar.until(() => bar.told.at(-1)!.length === 0);
    expect(await valueAt(two, 'applied')).toBe('mine');
  });

  test('a backup exported at one, fetched from the other, sent in pieces to both, is imported', async () => {
    const client = new ConfigurationClient(one, unitId, as, 'none');
    await client.setConfigKey('kept', { value: 'before' });
    const file = await aBackup();
    await client.setConfigKey('kept', { value: 'after' });
    const { id } = await toUploads(one, as, 'POST', `?unitId=${unitId}`, {
      headers: { ...tus, 'Upload-Length': String(file.length) },
    });
    const middle = Math.floor(file.length / 2);
    for (const [server, start, end] of [
      [one, 0, middle],
      [two, middle, file.length],
    ] as const) {
      const head = await toUploads(server, as, 'HEAD', `/${id}`, { headers: tus });
      expect(head.headers.get('upload-offset')).toBe(String(start));
      const part = await toUploads(server, as, 'PATCH', `/${id}`, {
        headers: tusPart(start),
        body: file.subarray(start, end),
      });
      expect(part.status).toBe(204);
    }
    const validated = await backups.ended(await backups.at(two).beginValidation(id!));
    const importing = await backups.beginImport(validated.validation!.id);
    expect((await backups.at(two).ended(importing)).state).toBe('DONE');
    expect(await valueAt(two, 'kept')).toBe('before');
  });

  test('a session that is ended at one closes its socket at the other, and no other socket', async () => {
    const staying = await listenAt(two);
    const leaving = await one.signIn();
    const bar = await listenAt(two, leaving);
    await one.graphql('mutation { signOut }', {}, leaving);
    await bar.until(() => bar.closings.length > 0);
    expect(bar.closings).toEqual([4403]);
    expect(staying.closings).toEqual([]);
  });

  test('Redis stopped and started: each server goes on, then everybody catches up', async () => {
    const revoked = await one.signIn();
    const [bar, bar2, revokedBar] = [await listenAt(one), await listenAt(two), await listenAt(two, revoked)];
    await redis.stop();
    const [here, { id }] = await aSafeMode('without-redis');
    await bar.until(() => bar.told.at(-1)!.length === 1);
    expect(bar2.told.at(-1)).toEqual([]);
    expect((await fetch(`${two.url}/readyz`)).status).toBe(200);
    await one.graphql('mutation { signOut }', {}, revoked);
    await redis.start();
    await bar2.until(() => bar2.told.at(-1)!.length === 1);
    await revokedBar.until(() => revokedBar.closings.length > 0);
    expect(revokedBar.closings).toEqual([4403]);
    await here.apply(id);
    await bar2.until(() => bar2.told.at(-1)!.length === 0);
    expect(bar2.closings).toEqual([]);
  });

  test('SIGTERM: a server says so, hands imports over, finishes what runs, and sends sockets to another', async () => {
    const file = await aBackup();
    const planId = await backups.plan(file);
    const gate = await SwiftGate.before(bucket.environment.S3_ENDPOINT!);
    const parts = { ...environment, S3_ENDPOINT: gate.endpoint, DRAIN_DELAY_SECONDS: '1' };
    third = await MainProcess.start(place, parts);
    const there = backups.at(third);
    const bar = await listenAt(third);
    const { id: uploadId } = await toUploads(third, as, 'POST', `?unitId=${unitId}`, {
      headers: { ...tus, 'Upload-Length': String(file.length) },
    });

    gate.hold();
    const [importing, exporting] = [await there.beginImport(planId), await there.beginExport()];
    for (const job of [importing, exporting]) await backups.jobOnce(job, ({ state }) => state === 'RUNNING');
    const sent = toUploads(third, as, 'PATCH', `/${uploadId}`, { headers: tusPart(0), body: file });
    const ended = third.terminate();
    let ready: Response;
    do ready = await fetch(`${third.url}/readyz`);
    while (ready.status === 200);
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect(await valueAt(third, 'applied')).toBe('mine');
    await expect(there.beginExport()).rejects.toThrow('SERVER_STOPPED');
    await bar.until(() => bar.closings.length > 0);
    expect(bar.closings).toEqual([1012]);
    await gate.open();

    expect((await sent).status).toBe(204);
    expect(await ended).toBe(0);
    expect((await backups.ended(exporting)).state).toBe('DONE');
    expect((await backups.ended(importing)).state).toBe('DONE');
    const takeovers = 'SELECT takeovers FROM job WHERE id = ?';
    expect(await one.app.database.read((db) => db.rows(takeovers, [importing]))).toEqual([[1]]);
    await gate.close();
  });

  describe('of which one is killed', () => {
    let gate: SwiftGate;
    let killable: KillableServer;
    let balancer: RoundRobin;
    beforeAll(async () => {
      gate = await SwiftGate.before(bucket.environment.S3_ENDPOINT!);
      const PORT = String(await freePort());
      killable = await KillableServer.start(place, { ...environment, PORT, S3_ENDPOINT: gate.endpoint });
      balancer = await RoundRobin.before([killable.url, one.url]);
    });
    afterAll(async () => {
      await balancer.stop();
      await killable.stop();
      await gate.close();
    });

    /** Pages that know only the balancer: one is at the server that is killed, one at the other. */
    const twoPages = async () => [
      await FollowingPage.open(balancer.url, unitId, as),
      await FollowingPage.open(balancer.url, unitId, as),
    ];

    /** Whoever was at the server that was killed has connected again, and both have seen the truth. */
    async function expectToldOf(cause: string, pages: FollowingPage[]): Promise<void> {
      const revision = await new ConfigurationClient(two, unitId, as, 'none').revision();
      for (const page of pages)
        await page.until(() => page.told.at(-1)!.cause === cause && page.told.at(-1)!.revision === revision);
      expect(new Set(pages.flatMap(({ closings }) => closings))).toEqual(new Set([1006]));
      await Promise.all(pages.map((page) => page.close()));
    }

    test('in the middle of applying: the old state, the other one applies, and pages see the truth', async () => {
      const bar = await listenAt(two);
      const pages = await twoPages();
      const [here, { id, revision }] = await aSafeMode('killed');
      await bar.until(() => bar.told.at(-1)!.length === 1);
      const there = SafeModeClient.as(killable, unitId, as);
      await killable.dieAt('written', () => there.apply(id, revision));
      expect(await valueAt(two, 'killed')).toBeUndefined();
      expect((await here.apply(id, revision)).__typename).toBe('SafeModeApplied');
      await bar.until(() => bar.told.at(-1)!.length === 0);
      expect(await valueAt(two, 'killed')).toBe('mine');
      await expectToldOf('SAFE_MODE', pages);
    });

    test('when it has applied and told nobody: the other’s clients see the new state all the same', async () => {
      const bar = await listenAt(two);
      const [here, { id, revision }] = await aSafeMode('not-told');
      await bar.until(() => bar.told.at(-1)!.length === 1);
      const there = SafeModeClient.as(killable, unitId, as);
      await killable.dieAt('committed, not told', () => there.apply(id, revision));
      await bar.until(() => bar.told.at(-1)!.length === 0);
      expect(await valueAt(two, 'not-told')).toBe('mine');
      expect(await here.apply(id, revision)).toMatchObject({ alreadyApplied: true });
    });

    test('in the middle of an upload: it goes on at the other, for a client that knows one address', async () => {
      const balanced = new Balanced(balancer.url);
      const file = randomBytes(400_000);
      let killed: Promise<void> | undefined;
      const url = await new Promise<string>((resolve, reject) => {
        const upload = new Upload(file, {
          endpoint: `${balanced.url}/api/backup/uploads?unitId=${unitId}`,
          headers: { ...credentialHeaders(as), 'Apollo-Require-Preflight': 'true' },
          chunkSize: 100_000,
          retryDelays: [0, 50, 100, 200, 400],
          onChunkComplete: () => void (killed ??= killable.crash()),
          onError: reject,
          onSuccess: () => resolve(upload.url!),
        });
        upload.start();
      });
      await killed;
      const { data } = await two.graphql<{ backupUpload: { receivedBytes: number; complete: boolean } }>(
        'query ($id: ID!) { backupUpload(id: $id) { receivedBytes complete } }',
        { id: url.split('/').at(-1) },
        as,
      );
      expect(data.backupUpload).toEqual({ receivedBytes: file.length, complete: true });
    });

    test('in the middle of an import and of an export: another finishes the one, the other says that it was stopped, and pages see the truth', async () => {
      const pages = await twoPages();
      const client = new ConfigurationClient(one, unitId, as, 'none');
      await client.setConfigKey('imported', { value: 'before' });
      const file = await aBackup();
      await client.setConfigKey('imported', { value: 'after' });
      const planId = await backups.plan(file);
      const there = backups.at(killable);
      let importing = '';
      await killable.dieAt('mid-load', async () => {
        importing = await there.beginImport(planId);
        await there.ended(importing);
      });
      expect(await valueAt(two, 'imported')).toBe('after');

      gate.hold();
      const exporting = await there.beginExport();
      await backups.jobOnce(exporting, ({ stage }) => stage !== null);
      const crashed = killable.crash();
      await gate.open();
      await crashed;

      expect((await backups.at(two).ended(importing)).state).toBe('DONE');
      expect(await valueAt(two, 'imported')).toBe('before');
      await expectToldOf('IMPORT', pages);
      expect(await backups.ended(exporting)).toMatchObject({
        state: 'FAILED',
        error: { code: 'SERVER_STOPPED' },
      });
      const removals = 'SELECT COUNT(*) FROM object_removal WHERE object_key = ?';
      const left = await one.app.database.read((db) =>
        db.rows(removals, [`exports/${exporting}.backup.age`]),
      );
      expect(Number(left[0]![0])).toBe(1);
      expect((await aBackup()).length).toBeGreaterThan(0);
    });
  });
});
