import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { arrivingWithin } from '../../src/http/arrival';
import { type Answer, type Credentials, credentialHeaders, TestServer } from '../parts/running-server';

/** What somebody can do who has no account here. */
let server: TestServer;
let admin: Credentials;
let slow: Server | undefined;
beforeAll(async () => {
  server = await TestServer.start();
  admin = await server.signIn();
});
afterAll(async () => {
  slow?.closeAllConnections();
  slow?.close();
  await server.stop();
});

async function post(body: string | Buffer, as: Credentials = {}, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credentialHeaders(as), ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const { errors } = (await response.json()) as Answer<unknown>;
  return { status: response.status, code: errors?.[0]?.extensions.code };
}

const query = (padding: number) =>
  JSON.stringify({ query: `{ system { version } } #${'x'.repeat(padding)}` });

test('only somebody who is known may send much', async () => {
  const tooLarge = { status: 413, code: 'LIMIT_REACHED' };
  expect(await post(query(250_000))).toEqual({ status: 200, code: undefined });
  expect(await post(query(300_000), admin)).toEqual({ status: 200, code: undefined });
  for (const stranger of [{}, { cookie: 'safeboard_session=made-up' }, { token: 'sb_made-up' }])
    expect(await post(query(300_000), stranger)).toEqual(tooLarge);
});

test('what is packed small and unpacks to much is as large as it unpacks to', async () => {
  const packed = gzipSync(query(300_000));
  const headers = { 'content-encoding': 'gzip' };
  expect(await post(packed, {}, headers)).toEqual({ status: 413, code: 'LIMIT_REACHED' });
  expect(await post(packed, admin, headers)).toEqual({ status: 200, code: undefined });
});

test('a body without a length is counted as it comes', async () => {
  const request = httpRequest(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
  });
  request.end(query(300_000));
  const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
  expect(response.statusCode).toBe(413);
  response.resume();
});

// Would hold up everybody for hours.
test.each([
  'signIn(email: $text, password: $text) { id }',
  'acceptInvitation(token: $text, name: $text, password: $text) { id }',
])('letters with marks without end are just a wrong text: %s', async (operation) => {
  const text = `a${'\u0301\u0316'.repeat(50_000)}`;
  const { code } = await post(
    JSON.stringify({ query: `mutation ($text: String!) { ${operation} }`, variables: { text } }),
  );
  expect(['UNAUTHENTICATED', 'NOT_FOUND']).toContain(code);
});

test('many guesses in one request are one: the first wrong one ends it', async () => {
  const guesses = Array.from(
    { length: 12 },
    (_, index) => `guess${index}: signIn(email: "admin@example.org", password: "guess ${index}") { id }`,
  );
  const { errors } = await server.graphql(`mutation { ${guesses.join(' ')} }`);
  expect(errors!.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  expect(await post(`[${query(1)},${query(1)}]`)).toMatchObject({ status: 400 });
});

test('another site can neither send a form nor read by a link with the cookie of its visitor', async () => {
  const { cookie } = admin;
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    expect((await post(query(1), { cookie }, { 'content-type': type })).status).toBeGreaterThanOrEqual(400);
  const byLink = await fetch(`${server.url}/graphql?query=${encodeURIComponent('{ viewer { id } }')}`, {
    headers: { cookie: cookie! },
  });
  expect(byLink.status).toBe(400);
  const changing = await fetch(`${server.url}/graphql?query=${encodeURIComponent('mutation { signOut }')}`, {
    headers: { cookie: cookie!, 'apollo-require-preflight': 'true' },
  });
  expect(changing.status).toBe(405);
});

test('whoever sends a byte now and then is answered and cut off', async () => {
  slow = createServer(
    express()
      .use(arrivingWithin(50), express.json())
      .post('/', (_, response) => void response.end('served')),
  ).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const { port } = slow.address() as AddressInfo;
  const request = httpRequest({
    port,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 1_000 },
  });
  request.on('error', () => undefined);
  request.write('{');
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  expect(response.statusCode).toBe(408);
  response.resume();
  await once(request, 'close');
  const quick = await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    body: '{}',
    headers: { connection: 'close' },
  });
  expect(await quick.text()).toBe('served');
});

test.each([
  '/../../package.json',
  '/..%2f..%2fpackage.json',
  '/assets/..%2f..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/api/backup/exports/..%2f..%2f..%2fetc%2fpasswd',
  '/api/backup/uploads/..%2fserver.key',
  '/assets/%00',
  '/%c0%ae%c0%ae/etc/passwd',
  '/.git/config',
])('%s leads to no file of the server', async (path) => {
  const request = httpRequest(server.url, { path, headers: { accept: '*/*' } }).end();
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(Buffer.from(piece as string));
  expect(Buffer.concat(pieces).toString()).not.toMatch(/"name": "safeboard"|root:|\[core\]/);
  expect(response.statusCode).not.toBe(500);
});

test('links name the address that the operator gave, whatever Host says', async () => {
  const unitId = await server.firstUnitId(admin);
  const { data } = await server.graphql<{ addMember: { inviteUrl: string } }>(
    'mutation ($unitId: ID!) { addMember(input: {unitId: $unitId, email: "g@example.org", name: "G", role: USER}) { inviteUrl } }',
    { unitId },
    admin,
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', forwarded: 'host=evil.example' },
  );
  expect(data.addMember.inviteUrl).toMatch(/^http:\/\/localhost:\d+\/invitation\//);
});
