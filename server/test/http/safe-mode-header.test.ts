import { TestServer } from '../parts/running-server';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

test('a request that names a safe mode changes nothing live and reads nothing live', async () => {
  const as = await server.signIn();
  const unitId = await server.firstUnitId(as);
  const header = { 'X-Safe-Mode': 'some-safe-mode' };
  const revision = async () =>
    (
      await server.graphql<{ unit: { revision: number } }>(
        'query ($unitId: ID!) { unit(id: $unitId) { revision } }',
        { unitId },
        as,
      )
    ).data.unit.revision;

  const before = await revision();
  const write = await server.graphql(
    'mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { key } } }',
    { input: { unitId, key: 'key', value: 1 } },
    as,
    header,
  );
  const read = await server.graphql('{ viewer { id } }', {}, as, header);
  for (const { errors } of [write, read]) expect(errors?.[0]?.extensions.code).toBe('SAFE_MODE_CLOSED');
  expect(await revision()).toBe(before);
});

test('none means live', async () => {
  const as = await server.signIn();
  const { errors } = await server.graphql('{ viewer { id } }', {}, as, { 'X-Safe-Mode': 'none' });
  expect(errors).toBeUndefined();
});
