import { once } from 'node:events';
import { getIntrospectionQuery } from 'graphql';
import { WebSocket } from 'ws';
import { type Credentials, TestServer } from '../parts/running-server';

let server: TestServer;
let admin: Credentials;
let unitId: string;

beforeAll(async () => {
  server = await TestServer.start({ SAMPLE_UNIT: 'true' });
  admin = await server.signIn();
  unitId = await server.firstUnitId(admin);
});
afterAll(() => server.stop());

interface Reply {
  status: number;
  text: string;
  error?: { message: string; extensions: { code: string } };
}

async function send(body: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: admin.cookie!, ...headers },
    body,
  });
  const text = await response.text();
  const { errors } = JSON.parse(text) as { errors?: [Reply['error']] };
  return { status: response.status, text, error: errors?.[0] };
}

const ask = (query: string, variables = '{}') =>
  send(`{"query":${JSON.stringify(query)},"variables":${variables}}`);

const setKey =
  'mutation ($unitId: ID!, $key: String!, $value: JSON) { setConfigKey(input: {unitId: $unitId, key: $key, value: $value}) { configKey { key value } } }';
const withValue = (value: string) => `{"unitId":"${unitId}","key":"hostile","value":${value}}`;

test.each([
  ['no JSON', '{"query":', {}, 400, 'BAD_REQUEST'],
  ['no object', 'null', {}, 400, 'BAD_REQUEST'],
  [
    'a charset that nobody knows',
    '{}',
    { 'content-type': 'application/json; charset=foo' },
    415,
    'BAD_REQUEST',
  ],
  ['not the gzip it says it is', '{}', { 'content-encoding': 'gzip' }, 400, 'BAD_REQUEST'],
  ['too large', `"${'x'.repeat(21 * 1024 * 1024)}"`, {}, 413, 'LIMIT_REACHED'],
])('a body that is %s is refused without a word about the inside', async (_, body, headers, status, code) => {
  const reply = await send(body, headers);
  expect(reply).toMatchObject({ status, error: { extensions: { code } } });
  expect(reply.text).not.toMatch(/node_modules|\bat /);
});

test.each(['/api/backup/exports/%', '/api/backup/uploads/%'])('%s is a bad request', async (path) => {
  const response = await fetch(server.url + path, { headers: { cookie: admin.cookie! } });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
});

test.each([
  ['of another type', '{"unitId":{},"key":"a"}'],
  ['missing', '{}'],
  ['a number out of range', '{"unitId":[1e400],"key":"a"}'],
])('a variable that is %s is the fault of the caller', async (_, variables) => {
  expect(await ask(setKey, variables)).toMatchObject({
    status: 400,
    error: { extensions: { code: 'BAD_USER_INPUT' } },
  });
});

test.each([
  ['64 levels', 64],
  ['1,000 levels', 1_000],
  ['10,000 levels', 10_000],
  ['200,000 levels', 200_000],
])('JSON of %s is refused as input', async (_, levels) => {
  for (const value of [
    '['.repeat(levels) + ']'.repeat(levels),
    '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
  ]) {
    const { error } = await ask(setKey, withValue(value));
    expect(error).toMatchObject({
      message: expect.stringContaining('nested deeper') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
});

test('JSON with more keys than can be handled at once is refused as input', async () => {
  const keys = (count: number) =>
    `{${Array.from({ length: count }, (_, index) => `"${index}":0`).join(',')}}`;
  const { error } = await ask(setKey, withValue(`[${keys(60_000)},${keys(60_000)}]`));
  expect(error).toMatchObject({
    message: expect.stringContaining('more than 100000 keys') as string,
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect((await ask(setKey, withValue(`[${'0,'.repeat(200_000)}0]`))).error).toBeUndefined();
});

test('a document that is nested too deeply is no document', async () => {
  const literal = '['.repeat(9_000) + ']'.repeat(9_000);
  expect(
    await ask(
      `mutation { setConfigKey(input: {unitId: "", key: "", value: ${literal}}) { configKey { key } } }`,
    ),
  ).toMatchObject({
    status: 400,
    error: { message: 'The document is nested too deeply.', extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
  });
});

test('an input with faults without end is answered with the first hundred', async () => {
  const { text, error } = await ask(setKey, withValue(`[${'"\\u0000",'.repeat(20_000)}1]`));
  expect(error).toMatchObject({
    message: expect.stringMatching(/and 19900 more$/) as string,
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect(text.length).toBeLessThan(20_000);
});

test('queries are not kept for strangers: a hash in the place of a query is refused as such', async () => {
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'ab'.repeat(32) } };
  for (const body of [{ extensions }, { extensions, query: '{ __typename }' }])
    expect(await send(JSON.stringify(body))).toMatchObject({
      error: { extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    });
});

describe('too complex is', () => {
  const doubling = Array.from(
    { length: 20 },
    (_, index) => `fragment F${index} on User { ...F${index + 1} ...F${index + 1} }`,
  );
  test.each([
    [
      'a fragment that doubles twenty times',
      `{ viewer { ...F0 } } ${doubling.join(' ')} fragment F20 on User { id }`,
    ],
    [
      'a walk from workspaces to profiles and back',
      '{ viewer { units { unit { workspaces { nodes { profiles { workspaces { profiles { name } } } } } } } } }',
    ],
  ])('%s', async (_, query) => {
    expect(await ask(query)).toMatchObject({ status: 400, error: { extensions: { code: 'TOO_COMPLEX' } } });
  });

  const walk =
    'profiles(first: 5) { nodes { workspaces { profiles { workspaces { profiles { workspaces { id } } } } } } }';
  test.each([-2_000_000, -1, 0, 201, 2_147_483_647, null])(
    'a walk beside a page of %p, whether that is written or a variable',
    async (first) => {
      const beside = (size: string) =>
        `unit(id: $id) { n: profiles(first: ${size}) { nodes { id } } ${walk} }`;
      const variables = JSON.stringify({ id: unitId, first });
      for (const query of [
        `query ($id: ID!) { ${beside(String(first))} }`,
        `query ($id: ID!, $first: Int) { ${beside('$first')} }`,
      ])
        expect(await ask(query, variables)).toMatchObject({
          status: 400,
          error: { extensions: { code: 'TOO_COMPLEX' } },
        });
    },
  );

  test('a query for manifests of more than a few addresses', async () => {
    const manifests = (count: number) =>
      Array.from({ length: count }, (_, index) => `m${index}: manifestAt(url: "ftp://example.org")`);
    const codeOf = async (count: number) =>
      (
        await ask(
          `query ($id: ID!) { unit(id: $id) { ${manifests(count).join(' ')} } }`,
          `{"id":"${unitId}"}`,
        )
      ).error?.extensions.code;
    expect(await codeOf(4)).toBe('BAD_USER_INPUT');
    expect(await codeOf(5)).toBe('TOO_COMPLEX');
  });

  test('more words than a document may have', async () => {
    expect(await ask(`{ ${'__typename '.repeat(30_000)} }`)).toMatchObject({
      status: 400,
      error: { extensions: { code: 'GRAPHQL_PARSE_FAILED' } },
    });
  });

  test('neither the schema itself nor a full page with what belongs to it', async () => {
    expect((await ask(getIntrospectionQuery())).error).toBeUndefined();
    const query = `query ($id: ID!) { unit(id: $id) { workspaces(first: 200) { nodes { name profiles { id name } applications { id area position plugin { id name } } } } } }`;
    expect((await ask(query, `{"id":"${unitId}"}`)).error).toBeUndefined();
  });
});

test.each(['plugins', 'workspaces', 'profiles', 'configKeys', 'members'])(
  'a search of %s that nothing can match is refused',
  async (list) => {
    const query = `query ($id: ID!, $search: String) { unit(id: $id) { ${list}(search: $search) { totalCount } } }`;
    for (const search of ['x'.repeat(100_000), 'ﬃ'.repeat(1_001), 'a\u0000b']) {
      const { error } = await ask(query, JSON.stringify({ id: unitId, search }));
      expect(error?.extensions.code).toBe('BAD_USER_INPUT');
    }
    const longest = await ask(query, JSON.stringify({ id: unitId, search: 'ﬃ'.repeat(1_000) }));
    expect(longest.error).toBeUndefined();
  },
);

test.each(['["a",1]', '[1.5,1]', '[1e400,1]', '["1","1"]', '[1]', '{}'])(
  '%s is no cursor of the history',
  async (cursor) => {
    const query =
      'query ($id: ID!, $after: String) { unit(id: $id) { history(after: $after) { nodes { id } } } }';
    const after = Buffer.from(cursor).toString('base64url');
    const { error } = await ask(query, JSON.stringify({ id: unitId, after }));
    expect(error?.extensions.code).toBe('BAD_USER_INPUT');
  },
);

test('keys named like parts of JavaScript are ordinary keys', async () => {
  const value = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}';
  const { text } = await ask(setKey, withValue(value));
  expect(text).toContain(`"value":${value}`);
  const { text: changed } = await ask(setKey, withValue(value.replace('"polluted":1', '"polluted":2')));
  expect(changed).toContain('{"__proto__":{"polluted":2}');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('a socket has no more than a hundred subscriptions', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { cookie: admin.cookie },
  });
  const refusals: string[] = [];
  const allAnswered = new Promise<void>((resolve) => {
    let answers = 0;
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload: Reply['error'][] };
      if (type === 'error') refusals.push(payload[0]!.extensions.code);
      if ((type === 'error' || type === 'next') && ++answers === 103) resolve();
    });
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await once(socket, 'message');
  const query = `subscription { unitChanged(unitId: "${unitId}") { revision } }`;
  for (let id = 0; id < 103; id++) {
    socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload: { query } }));
  }
  await allAnswered;
  expect(refusals).toEqual(['LIMIT_REACHED', 'LIMIT_REACHED', 'LIMIT_REACHED']);
  socket.terminate();
});
