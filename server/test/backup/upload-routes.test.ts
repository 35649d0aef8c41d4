import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Upload } from 'tus-js-client';
import { uploadContent } from '../../src/backup/upload/upload-content';
import { type Credentials, credentialHeaders, TestServer } from '../parts/running-server';
import { allOf } from '../storage/parts/content';
import { bytesOf } from './parts/desk';
import { toUploads, tus, tusPart } from './parts/http';

let server: TestServer;
let admin: Credentials;
let unitId: string;
beforeEach(async () => {
  server = await TestServer.start({ BACKUP_MAX_UPLOAD_BYTES: '2000000' });
  admin = await server.signIn();
  unitId = await server.firstUnitId(admin);
});
afterEach(() => server.stop());

const stored = async (id: string) => bytesOf(uploadContent(server.app.database, server.app.objects, id));

async function uploadOf(id: string) {
  const { data } = await server.graphql<{
    backupUpload: { rejected: { code: string; message: string } | null };
  }>(
    'query ($id: ID!) { backupUpload(id: $id) { receivedBytes size complete rejected { code message } } }',
    { id },
    admin,
  );
  return data.backupUpload;
}

test('a whole file in one request', async () => {
  const file = randomBytes(300_000);
  const { status, id } = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, { body: file });
  expect(status).toBe(201);
  expect(await stored(id!)).toEqual(file);
  expect(await uploadOf(id!)).toMatchObject({ receivedBytes: 300_000, size: 300_000, complete: true });
});

test('a file that came in pieces by the tus protocol is the whole file', async () => {
  const file = randomBytes(700_000);
  const created = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, {
    headers: { ...tus, 'Upload-Length': String(file.length) },
  });
  expect(created.status).toBe(201);
  expect(created.headers.get('location')).toBe(`/api/backup/uploads/${created.id}`);
  expect(created.headers.get('upload-expires')).toBeTruthy();
  for (const [start, end] of [
    [0, 250_000],
    [250_000, 700_000],
  ] as const) {
    const part = await toUploads(server, admin, 'PATCH', `/${created.id}`, {
      headers: tusPart(start),
      body: file.subarray(start, end),
    });
    expect([part.status, part.headers.get('upload-offset')]).toEqual([204, String(end)]);
  }
  expect(await stored(created.id!)).toEqual(file);
  expect(await uploadOf(created.id!)).toMatchObject({ complete: true });
});

test('what arrived before the line was cut is kept, and the upload goes on from there', async () => {
  const file = randomBytes(600_000);
  const { id } = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, {
    headers: { ...tus, 'Upload-Length': String(file.length) },
  });
  const cut = httpRequest(`${server.url}/api/backup/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      ...credentialHeaders(admin),
      'Apollo-Require-Preflight': 'true',
      ...tusPart(0),
      'Content-Length': String(file.length),
    },
  });
  cut.on('error', () => undefined);
  cut.write(file.subarray(0, 200_000));
  await once(cut, 'socket');
  await pause(200);
  cut.destroy();

  const offset = await offsetAbove(id!, 0);
  expect(offset).toBeLessThanOrEqual(200_000);
  const rest = await toUploads(server, admin, 'PATCH', `/${id}`, {
    headers: tusPart(offset),
    body: file.subarray(offset),
  });
  expect(rest.status).toBe(204);
  expect(await stored(id!)).toEqual(file);
});

async function offsetAbove(id: string, least: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { headers } = await toUploads(server, admin, 'HEAD', `/${id}`, { headers: tus });
    const offset = Number(headers.get('upload-offset'));
    if (offset > least) return offset;
    await pause(50);
  }
  throw new Error('Nothing was kept');
}

test('a tus client of another make uploads in pieces', async () => {
  const file = randomBytes(500_000);
  const url = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${server.url}/api/backup/uploads?unitId=${unitId}`,
      chunkSize: 200_000,
      headers: { cookie: admin.cookie!, 'Apollo-Require-Preflight': 'true' },
      onError: reject,
      onSuccess: () => resolve(upload.url!),
    });
    upload.start();
  });
  expect(await stored(url.split('/').at(-1)!)).toEqual(file);
});

test('two requests at the same offset: one is taken, the other is told where to go on', async () => {
  const { id } = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, {
    headers: { ...tus, 'Upload-Length': '20000' },
  });
  const send = () =>
    toUploads(server, admin, 'PATCH', `/${id}`, { headers: tusPart(0), body: randomBytes(10_000) });
  const statuses = (await Promise.all([send(), send()])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([204, 409]);
  const { headers } = await toUploads(server, admin, 'HEAD', `/${id}`, { headers: tus });
  expect(headers.get('upload-offset')).toBe('10000');
});

test('files that are too large are refused before they are read, naming the setting', async () => {
  const announced = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, {
    headers: { ...tus, 'Upload-Length': '2000001' },
  });
  const whole = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, { body: randomBytes(2_000_001) });
  for (const { status, code, message } of [announced, whole]) {
    expect([status, code]).toEqual([413, 'TOO_LARGE']);
    expect(message).toContain('BACKUP_MAX_UPLOAD_BYTES');
  }
});

test('a body without a length is stopped at the limit and leaves nothing behind', async () => {
  const response = await fetch(`${server.url}/api/backup/uploads?unitId=${unitId}`, {
    method: 'POST',
    headers: { ...credentialHeaders(admin), 'Apollo-Require-Preflight': 'true' },
    body: new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(500_000));
        if ((sent += 500_000) > 3_000_000) controller.close();
      },
    }),
    duplex: 'half',
  });
  expect(response.status).toBe(413);
  const rows = await server.app.database.read((db) => db.rows('SELECT id FROM backup_upload'));
  expect(rows).toEqual([]);
  expect(await allOf(server.app.objects.list('uploads/'))).toEqual([]);
});
let sent = 0;

test('a page of another site cannot upload with the cookie', async () => {
  for (const headers of [{}, { ...tus, 'Upload-Length': '10' }]) {
    const answer = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, { headers, trusted: false });
    expect([answer.status, answer.code]).toEqual([403, 'FORBIDDEN']);
  }
});

test('signed out, or for a unit of others: refused', async () => {
  const signedOut = await toUploads(server, {}, 'POST', `?unitId=${unitId}`, { body: randomBytes(10) });
  expect([signedOut.status, signedOut.code]).toEqual([401, 'UNAUTHENTICATED']);
  const elsewhere = await toUploads(server, admin, 'POST', '?unitId=0190-other', { body: randomBytes(10) });
  expect([elsewhere.status, elsewhere.code]).toEqual([403, 'FORBIDDEN']);
});

test('more than five unfinished uploads are refused', async () => {
  const open = () =>
    toUploads(server, admin, 'POST', `?unitId=${unitId}`, { headers: { ...tus, 'Upload-Length': '10' } });
  for (let count = 0; count < 5; count++) expect((await open()).status).toBe(201);
  const { status, code } = await open();
  expect([status, code]).toEqual([429, 'LIMIT_REACHED']);
});

test('a terminated upload is gone, with its bytes', async () => {
  const { id } = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, { body: randomBytes(10) });
  expect((await toUploads(server, admin, 'DELETE', `/${id}`, { headers: tus })).status).toBe(204);
  expect((await toUploads(server, admin, 'HEAD', `/${id}`, { headers: tus })).status).toBe(404);
  await server.app.backups.objectSweeper.sweep();
  const keys: string[] = [];
  for await (const { key } of server.app.objects.list('uploads/')) keys.push(key);
  expect(keys).toEqual([]);
});

test('a file that is no backup is recognised without a password', async () => {
  const { id } = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, {
    body: Buffer.from('PK\x03\x04 some archive'),
  });
  const { rejected } = await uploadOf(id!);
  expect(rejected?.code).toBe('NOT_A_BACKUP');
  expect(rejected?.message).toContain('ZIP');
});

test('without the protocol version a tus request is told the version', async () => {
  const { id } = await toUploads(server, admin, 'POST', `?unitId=${unitId}`, { body: randomBytes(10) });
  const answer = await toUploads(server, admin, 'PATCH', `/${id}`, { body: randomBytes(10) });
  expect([answer.status, answer.headers.get('tus-version')]).toEqual([412, '1.0.0']);
});
