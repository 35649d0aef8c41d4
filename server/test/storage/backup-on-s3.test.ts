import { randomBytes } from 'node:crypto';
import { type Actor } from '../../src/access/actor';
import { contentOf, resultOf } from '../backup/parts/desk';
import { toUploads } from '../backup/parts/http';
import { ConfigurationClient } from '../parts/configuration';
import { type Credentials, credentialHeaders, TestServer } from '../parts/running-server';
import { describeOnSwift } from '../parts/swift';
import { aBucket, type Bucket } from '../parts/swift-bucket';
import { SwiftGate } from '../parts/swift-gate';
import { allOf, MiB } from './parts/content';

/** Text that packs to about three megabytes. */
const noise = () => randomBytes(3 * MiB).toString('base64');

describeOnSwift('a server with its files on S3', () => {
  const password = 'four words of mine';
  let bucket: Bucket;
  let gate: SwiftGate;
  let server: TestServer;
  let as: Credentials;
  let admin: Actor;
  let unitId: string;
  let client: ConfigurationClient;
  beforeAll(async () => {
    bucket = await aBucket();
    gate = await SwiftGate.before(bucket.environment.S3_ENDPOINT!);
    server = await TestServer.start({
      ...bucket.environment,
      S3_ENDPOINT: gate.endpoint,
      LOG_LEVEL: 'silent',
    });
    as = await server.signIn();
    unitId = await server.firstUnitId(as);
    admin = (await server.app.authenticator.actorOf(as)) as Actor;
    client = await ConfigurationClient.ofAdmin(server);
  });
  afterAll(async () => {
    await server.stop();
    await gate.close();
    await bucket.remove();
  });
  afterEach(() => gate.open());

  const work = () => server.app.backups;
  const ended = async (begun: Promise<{ id: string }>) => work().jobs.ended((await begun).id);
  const exported = () => ended(work().exports.begin(admin, { unitId, password }));
  const download = (jobId: string) =>
    fetch(`${server.url}/api/backup/exports/${jobId}`, { headers: credentialHeaders(as) });
  const upload = (file: Uint8Array) => toUploads(server, as, 'POST', `?unitId=${unitId}`, { body: file });
  const validated = (uploadId: string) =>
    ended(work().validations.begin(admin, { unitId, uploadId, password }));
  const theFile = async () => Buffer.from(await (await download((await exported()).id)).arrayBuffer());

  test('a backup goes out and comes back in', async () => {
    await client.setConfigKey('greeting', { value: 'Hello' });
    // More than one part.
    for (const index of [1, 2]) await client.setConfigKey(`noise-${index}`, { value: noise() });
    const file = await theFile();
    await client.setConfigKey('greeting', { value: 'Changed' });

    const { status, id: uploadId } = await upload(file);
    expect(status).toBe(201);
    const { planId } = resultOf<{ planId: string }>(await validated(uploadId!));
    expect((await ended(work().imports.begin(admin, { planId }))).state).toBe('DONE');

    expect(await contentOf(await theFile())).toEqual(await contentOf(file));
    const keys = (await allOf(server.app.objects.list(''))).map(({ key }) => key.split('/')[0]);
    expect(new Set(keys)).toEqual(new Set(['exports', 'uploads']));
  });

  test('while S3 is away the rest is served, and files are refused until it is back', async () => {
    const before = await exported();
    const file = await theFile();
    const { id: uploadId } = await upload(file);
    await gate.close();

    await client.setConfigKey('meanwhile', { value: true });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const failed = await exported();
    expect([failed.state, failed.errorCode]).toEqual(['FAILED', 'SERVICE_UNAVAILABLE']);
    expect((await download(before.id)).status).toBe(503);
    expect(await upload(file)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    const unread = await validated(uploadId!);
    expect([unread.state, unread.errorCode]).toEqual(['FAILED', 'SERVICE_UNAVAILABLE']);

    await gate.open();
    expect((await download(before.id)).status).toBe(200);
    expect((await validated(uploadId!)).state).toBe('DONE');
  });

  test('a backup that stops coming while it is imported is no damaged backup', async () => {
    for (const index of [3, 4]) await client.setConfigKey(`noise-${index}`, { value: noise() });
    const { id: uploadId } = await upload(await theFile());
    const { planId } = resultOf<{ planId: string }>(await validated(uploadId!));
    gate.afterBytes(MiB, 'cut');
    const job = await ended(work().imports.begin(admin, { planId }));
    expect([job.state, job.errorCode]).toEqual(['FAILED', 'SERVICE_UNAVAILABLE']);
    await gate.open();
    expect((await ended(work().imports.begin(admin, { planId }))).state).toBe('DONE');
  });
});
