import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Credentials, credentialHeaders, TestServer, admin as account } from '../parts/running-server';

/** A line of the log, and all lines as text. */
type Line = Record<string, unknown> & { msg: string };
let text = '';
const lines = (msg: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .filter((line) => line.msg === msg);

let server: TestServer;
let admin: Credentials;
let unitId: string;

beforeAll(async () => {
  const take = { write: (line: string) => void (text += line) };
  server = await TestServer.start({ LOG_LEVEL: 'debug', TRUST_PROXY: '1' }, undefined, undefined, take);
  admin = await server.signIn();
  unitId = await server.firstUnitId(admin);
});
afterAll(() => server.stop());
beforeEach(() => (text = ''));

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers: { ...credentialHeaders(admin), ...headers } });

/** The line of the last request; it is written once the answer has gone. */
async function lineOfRequest(): Promise<Line> {
  for (;;) {
    const [line] = lines('Request').slice(-1);
    if (line) return line;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a request has one line that says what was done, by whom and where, under the id that the answer names', async () => {
  const response = await fetch(`${server.url}/graphql?secret=in-the-query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credentialHeaders(admin) },
    body: JSON.stringify({
      query: 'query Keys($unitId: ID!) { unit(id: $unitId) { id } }',
      variables: { unitId },
    }),
  });
  const line = await lineOfRequest();
  expect(line).toMatchObject({
    requestId: response.headers.get('x-request-id'),
    method: 'POST',
    path: '/graphql',
    status: 200,
    operation: 'query',
    name: 'Keys',
    field: 'unit',
    userId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    unitId,
    ms: expect.any(Number) as number,
  });
  expect(lines('Request')).toHaveLength(1);
});

test.each([
  ['an id', 'proxy-made:1.2_3', true],
  ['more than an id', 'two words', false],
  ['a text without end', 'x'.repeat(101), false],
])('of what a proxy sends, %s is taken over: %#', async (_, id, isTaken) => {
  const response = await get('/healthz', { 'x-request-id': id });
  expect(response.headers.get('x-request-id') === id).toBe(isTaken);
  expect((await lineOfRequest()).requestId).toBe(response.headers.get('x-request-id'));
});

test('without a proxy nobody outside chooses the id', async () => {
  const direct = await TestServer.start({ LOG_LEVEL: 'silent' });
  const response = await fetch(`${direct.url}/healthz`, { headers: { 'x-request-id': 'mine' } });
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  await direct.stop();
});

test('a refusal is told by its code, a fault has a line of its own with the id of the request', async () => {
  await server.graphql('{ unit(id: "none") { id } }', {}, {});
  expect(await lineOfRequest()).toMatchObject({ errors: ['UNAUTHENTICATED'] });

  text = '';
  const fault = jest
    .spyOn(server.app.units, 'unitOfMember')
    .mockRejectedValue(
      Object.assign(new Error('broken'), { sql: 'SELECT a-secret', parameters: ['a-secret'] }),
    );
  const { errors } = await server.graphql('query ($id: ID!) { unit(id: $id) { id } }', { id: unitId }, admin);
  fault.mockRestore();
  const { requestId, errors: codes } = await lineOfRequest();
  expect(codes).toEqual(['INTERNAL_SERVER_ERROR']);
  expect(lines('Unknown fault')).toMatchObject([
    { requestId, id: errors![0]!.extensions.id, err: { message: 'broken' } },
  ]);
  expect(text).not.toContain('a-secret');
});

test('a subscription has a line when it is over', async () => {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers: credentialHeaders(admin) });
      }
    },
  });
  const query = 'subscription Bar($unitId: ID!) { safeModeBanner(unitId: $unitId) { since } }';
  const stream = client.iterate({ query, variables: { unitId } });
  await stream.next();
  await stream.return!();
  await client.dispose();
  while (lines('Subscription').length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(lines('Subscription')).toMatchObject([
    {
      operation: 'subscription',
      name: 'Bar',
      field: 'safeModeBanner',
      requestId: expect.any(String) as string,
    },
  ]);
});

test('no secret gets into the log, wherever it is sent', async () => {
  const secret = (where: string) => `s3cr3t-${where}`;
  const mutate = (query: string, variables: object, as = admin) => server.graphql(query, variables, as);

  await mutate('mutation ($p: String!) { signIn(email: "admin@example.org", password: $p) { id } }', {
    p: secret('password'),
  });
  await mutate(
    `mutation { signIn(email: "admin@example.org", password: "${secret('literal')}") { id } }`,
    {},
  );
  await mutate(
    'mutation ($unitId: ID!, $value: JSON) { setConfigKey(input: {unitId: $unitId, key: "k", value: $value, secret: true}) { configKey { key } } }',
    { unitId, value: secret('value') },
  );
  await mutate('mutation ($input: ExportBackupInput!) { exportBackup(input: $input) { id } }', {
    input: { unitId, password: secret('backup') },
  });
  await mutate('{ viewer { id } }', {}, { token: secret('token') });
  await mutate('{ viewer { id } }', {}, { cookie: `session=${secret('cookie')}` });
  await mutate(`{ viewer { ${secret('syntax').replaceAll('-', '_')} } }`, {});
  await mutate('query ($n: Int!) { viewer { id } }', { n: secret('wrong-type') });
  await get(`/invitation/${secret('invitation')}`, { accept: 'text/html' });
  await get(`/set-up?token=${secret('query')}`, { accept: 'text/html', referer: secret('referer') });
  await get(`/api/backup/exports/${secret('export')}`);
  await fetch(`${server.url}/api/backup/uploads?unitId=${unitId}`, {
    method: 'POST',
    headers: {
      ...credentialHeaders(admin),
      'content-type': 'application/octet-stream',
      'apollo-require-preflight': 'true',
    },
    body: secret('body'),
  });
  await server.app.backups.stop();

  expect(lines('Request').length).toBeGreaterThanOrEqual(12);
  expect(text).not.toContain('s3cr3t');
  expect(text).not.toContain(account.password);
  expect(text).not.toContain(admin.cookie!.split('=')[1]);
});
