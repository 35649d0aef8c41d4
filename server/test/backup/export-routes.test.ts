import { Readable } from 'node:stream';
import { type Actor } from '../../src/access/actor';
import { minutes } from '../../src/access/clock';
import { type JobEntity } from '../../src/job/job.entity';
import { addedAdmin } from './parts/second-admin';
import { type Credentials, credentialHeaders, TestServer } from '../parts/running-server';

let server: TestServer;
let admin: Credentials;
let unitId: string;
let job: JobEntity;
beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.signIn();
  unitId = await server.firstUnitId(admin);
  const actor = (await server.app.authenticator.actorOf(admin)) as Actor;
  const { exports, jobs } = server.app.backups;
  job = await jobs.ended((await exports.begin(actor, { unitId, password: 'four words' })).id);
});
afterAll(() => server.stop());

const get = (headers: Record<string, string> = {}, as = admin, method = 'GET') =>
  fetch(`${server.url}/api/backup/exports/${job.id}`, {
    method,
    headers: { ...credentialHeaders(as), ...headers },
  });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('the file comes with its length, name and tag, and as an attachment', async () => {
  const response = await get();
  const file = await bytes(response);
  expect(response.status).toBe(200);
  expect(file.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  expect(Number(response.headers.get('content-length'))).toBe(file.length);
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="Newsroom-.*\.backup\.age"/,
  );
  expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
  expect(response.headers.get('cache-control')).toContain('no-store');
});

test('a download that broke off goes on with a range', async () => {
  const whole = await bytes(await get());
  const etag = (await get({}, admin, 'HEAD')).headers.get('etag')!;
  const rest = await get({ Range: 'bytes=100-', 'If-Range': etag });
  expect(rest.status).toBe(206);
  expect(rest.headers.get('content-range')).toBe(`bytes 100-${whole.length - 1}/${whole.length}`);
  expect(await bytes(rest)).toEqual(whole.subarray(100));
  expect(await bytes(await get({ Range: 'bytes=-10' }))).toEqual(whole.subarray(-10));
  expect(await bytes(await get({ Range: 'bytes=5-5' }))).toEqual(whole.subarray(5, 6));
});

test('of another file than the one begun with, the whole is sent', async () => {
  const response = await get({ Range: 'bytes=100-', 'If-Range': '"other"' });
  expect(response.status).toBe(200);
});

test('a range beyond the end is refused with the length', async () => {
  const response = await get({ Range: 'bytes=999999999-' });
  expect([response.status, response.headers.get('content-range')]).toEqual([
    416,
    `bytes */${(JSON.parse(job.result!) as { bytes: number }).bytes}`,
  ]);
});

test('nobody else gets it, not even another admin of the unit', async () => {
  const unknown = (as: Credentials) =>
    fetch(`${server.url}/api/backup/exports/0190-unknown`, { headers: credentialHeaders(as) });
  const { data: made } = await server.graphql<{ createUnit: { id: string } }>(
    'mutation { createUnit(name: "Radio") { id } }',
    {},
    admin,
  );
  const elsewhere = await addedAdmin(server, admin, made.createUnit.id, 'elsewhere@example.org');
  for (const [as, status] of [
    [{}, 401],
    [elsewhere, 404],
  ] as const) {
    const [there, nowhere] = [await get({}, as), await unknown(as)];
    expect([there.status, nowhere.status]).toEqual([status, status]);
    expect(await there.text()).toBe(await nowhere.text());
  }
  const other = await addedAdmin(server, admin, unitId);
  const response = await get({}, other);
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  const { data } = await server.graphql<{ job: { state: string; downloadUrl: string | null } }>(
    'query ($id: ID!) { job(id: $id) { state downloadUrl } }',
    { id: job.id },
    other,
  );
  expect(data.job).toEqual({ state: 'DONE', downloadUrl: null });
});

test('it says until when it is there, an hour, and after that it is gone', async () => {
  const { data } = await server.graphql<{ job: { downloadableUntil: string } }>(
    'query ($id: ID!) { job(id: $id) { downloadableUntil } }',
    { id: job.id },
    admin,
  );
  const left = new Date(data.job.downloadableUntil).getTime() - job.finishedAt!.getTime();
  expect(Math.round(left / minutes(1))).toBe(60);
  const setResult = (result: string) =>
    server.app.database.transaction((db) =>
      db.run('UPDATE job SET result = ? WHERE id = ?', [result, job.id]),
    );
  const result = JSON.parse(job.result!) as object;
  await setResult(JSON.stringify({ ...result, downloadableUntil: new Date(Date.now() - 1).toISOString() }));
  expect((await get()).status).toBe(404);
  await setResult(job.result!);
  expect((await get()).status).toBe(200);
});

test('only jobs that made a file can be fetched', async () => {
  const actor = (await server.app.authenticator.actorOf(admin)) as Actor;
  const { uploads, validations } = server.app.backups;
  const upload = await uploads.open(actor, unitId, 3);
  await uploads.append(upload, 0, Readable.from([Buffer.from('abc')]));
  await uploads.complete(upload.id);
  const other = await validations.begin(actor, { unitId, uploadId: upload.id, password: 'abcd' });
  const response = await fetch(`${server.url}/api/backup/exports/${other.id}`, {
    headers: credentialHeaders(admin),
  });
  expect(response.status).toBe(404);
});
