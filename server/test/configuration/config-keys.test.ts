import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';

let server: TestServer;
let admin: ConfigurationClient;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await ConfigurationClient.ofAdmin(server);
});
afterAll(() => server.stop());

interface KeyPage {
  configKeys: {
    nodes: { key: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
    totalCount: number;
  };
}
const page = (variables: object) =>
  admin.unit<KeyPage>(
    `configKeys(first: $first, after: $after, search: $search, orderBy: $orderBy) {
       nodes { key } pageInfo { hasNextPage hasPreviousPage endCursor } totalCount }`,
    variables,
    '$first: Int, $after: String, $search: String, $orderBy: ConfigKeyOrder',
  );
const remove = (key: string, input: object = {}) =>
  admin.mutate('removeConfigKey', 'RemoveConfigKeyInput', { key, ...input }, 'id');

test('edits of one request are each answered with what they wrote', async () => {
  const edit = (name: string, value: number) =>
    `${name}: setConfigKey(input: {unitId: $unitId, key: "counter", value: ${value}}) { configKey { value } }`;
  const answers = await admin.request(`mutation ($unitId: ID!) { ${edit('one', 1)} ${edit('two', 2)} }`, {
    unitId: admin.unitId,
  });
  expect(answers).toEqual({ one: { configKey: { value: 1 } }, two: { configKey: { value: 2 } } });
  await remove('counter');
});

test('a key is added, changed field by field, and removed', async () => {
  expect(await admin.setConfigKey(' feed.url ', { value: 'https://example.org' })).toEqual({
    key: 'feed.url',
    value: 'https://example.org',
  });
  await admin.setConfigKey('feed.url', { description: 'Where the feed is' });
  const { configKey } = await admin.unit<{ configKey: object }>(
    'configKey(key: "feed.url") { id key value description secret }',
  );
  expect(configKey).toEqual({
    id: 'feed.url',
    key: 'feed.url',
    value: 'https://example.org',
    description: 'Where the feed is',
    secret: false,
  });
  expect(await remove('feed.url')).toEqual({ id: 'feed.url' });
  expect((await refusalOf(remove('feed.url'))).code).toBe('NOT_FOUND');
});

test('keys that differ in case are different keys', async () => {
  await admin.setConfigKey('Theme', { value: 1 });
  await admin.setConfigKey('theme', { value: 2 });
  expect(await admin.setConfigKey('Theme', {})).toEqual({ key: 'Theme', value: 1 });
});

test('a new key needs a value, and null is none', async () => {
  expect((await refusalOf(admin.setConfigKey('empty', {}))).fields).toMatchObject([{ path: 'input.value' }]);
  expect((await refusalOf(admin.setConfigKey('empty', { value: null }))).fields).toMatchObject([
    { path: 'input.value' },
  ]);
});

test('two admins who set the same new key to different values: the second gets a conflict with nothing as base', async () => {
  const basedOnRevision = await admin.revision();
  await admin.setConfigKey('fresh', { value: 'theirs', basedOnRevision });
  const refusal = await refusalOf(admin.setConfigKey('fresh', { value: 'mine', basedOnRevision }));
  expect(refusal.conflicts).toContainEqual(
    expect.objectContaining({
      code: 'FIELD_CHANGED',
      path: '/value',
      base: null,
      mine: 'mine',
      live: 'theirs',
    }),
  );
});

test('the value of a secret key is encrypted at rest and never in a conflict', async () => {
  await admin.setConfigKey('password', { value: 'hunter2', secret: true });
  const rows = await server.app.database.read((db) =>
    db.rows("SELECT value FROM config_key WHERE id = 'password'"),
  );
  expect(String(rows[0]![0])).not.toContain('hunter2');
  const basedOnRevision = await admin.revision();
  await admin.setConfigKey('password', { value: 'hunter3' });
  const refusal = await refusalOf(admin.setConfigKey('password', { value: 'hunter4', basedOnRevision }));
  expect(refusal.conflicts).toMatchObject([{ masked: true, base: null, mine: null, live: null }]);
  expect(JSON.stringify(refusal.errors)).not.toContain('hunter');
});

test('pages follow each other without gaps or doubles, in both directions', async () => {
  for (let number = 0; number < 25; number++) await admin.setConfigKey(`page.${number}`, { value: number });
  for (const direction of ['ASCENDING', 'DESCENDING']) {
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { configKeys }: KeyPage = await page({
        first: 10,
        after,
        search: 'PAGE.',
        orderBy: { field: 'KEY', direction },
      });
      seen.push(...configKeys.nodes.map(({ key }) => key));
      expect(configKeys.totalCount).toBe(25);
      expect(configKeys.pageInfo.hasPreviousPage).toBe(after !== null);
      if (!configKeys.pageInfo.hasNextPage) break;
      after = configKeys.pageInfo.endCursor;
    }
    const sorted = Array.from({ length: 25 }, (_, number) => `page.${number}`).sort();
    expect(seen).toEqual(direction === 'ASCENDING' ? sorted : sorted.reverse());
  }
});

test('signs that mean something to the database are looked for as they are', async () => {
  await admin.setConfigKey('100%_sure!', { value: true });
  for (const search of ['%', '_s', '!']) {
    const { configKeys } = await page({ search });
    expect(configKeys.nodes).toEqual([{ key: '100%_sure!' }]);
  }
});

test('a page of more than 200, or a cursor of nothing, is bad input', async () => {
  expect((await refusalOf(page({ first: 201 }))).code).toBe('BAD_USER_INPUT');
  expect((await refusalOf(page({ after: 'nonsense' }))).code).toBe('BAD_USER_INPUT');
});
