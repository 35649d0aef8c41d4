import { refusalOf } from '../parts/configuration';
import { keysOf, Planning } from './parts/planning';

/** X-Safe-Mode that names no safe mode: nothing of it may count as `none`, and nothing may break. */
let planning: Planning;
beforeAll(async () => void (planning = await Planning.open()));
afterAll(() => planning.close());

test.each([
  ['nothing at all', ''],
  ['none in capitals', 'NONE'],
  ['none twice', 'none, none'],
  ['none and more', 'none;q=1'],
  ['a quotation mark', `' OR '1'='1`],
  ['a statement', `"; DROP TABLE safe_mode; --`],
  ['wildcards', '%'],
  ['a path', '../../safe-modes'],
  ['JSON', '{"id":{"$ne":null}}'],
  ['bytes beyond ASCII', 'caf\u00e9 \u00ff'],
  ['thousands of characters', 'a'.repeat(10_000)],
  ['a name that every object has', '__proto__'],
  ['undefined', 'undefined'],
])('%s: reads and writes are refused, and nothing changes', async (_, header) => {
  const safeMode = await planning.aSafeMode();
  const before = await planning.everything(safeMode);
  const client = planning.owner.configuration.in(header);
  for (const refused of [
    await refusalOf(keysOf(client)),
    await refusalOf(client.setConfigKey('hostile', { value: 1 })),
  ])
    expect(refused.errors[0]!.extensions).toEqual({ code: 'SAFE_MODE_CLOSED' });
  expect(await planning.everything(safeMode)).toEqual(before);
  await planning.owner.delete(safeMode.id);
});

test('an id in capitals, or with something around it, is another one', async () => {
  const { id, revision } = await planning.aSafeMode();
  for (const header of [id.toUpperCase(), `"${id}"`, `${id},none`, `${id}\u00a0`]) {
    const client = planning.owner.in({ id: header });
    const refused = await refusalOf(client.setConfigKey('hostile', { value: 1 }));
    expect(refused.errors[0]!.extensions).toEqual({ code: 'SAFE_MODE_CLOSED' });
  }
  expect(await planning.owner.find(id)).toMatchObject({ revision });
});

test('the header twice is none of the two', async () => {
  const { server, unitId } = planning.office;
  const { id } = await planning.aSafeMode();
  const headers = new Headers({
    'content-type': 'application/json',
    cookie: planning.owner.configuration.as.cookie!,
  });
  headers.append('X-Safe-Mode', id);
  headers.append('X-Safe-Mode', 'none');
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      query: 'mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { key } } }',
      variables: { input: { unitId, key: 'twice', value: 1 } },
    }),
  });
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'SAFE_MODE_CLOSED' } }] });
  expect(await keysOf(planning.owner.configuration)).not.toContain('twice');
});

test('more than HTTP takes is refused before anybody reads it', async () => {
  const response = await fetch(`${planning.office.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Safe-Mode': 'a'.repeat(100_000) },
    body: JSON.stringify({ query: '{ system { version } }' }),
  });
  expect(response.status).toBe(431);
  expect(await planning.owner.configuration.revision()).toBeGreaterThan(0);
});
