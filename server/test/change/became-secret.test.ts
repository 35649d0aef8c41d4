import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';

let server: TestServer;
let admin: ConfigurationClient;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await ConfigurationClient.ofAdmin(server);
});
afterAll(() => server.stop());

interface Line {
  operation: string;
  changes: { path: string; masked: boolean; from: unknown; to: unknown }[];
}

/** The history of one object, newest first. */
async function historyOf(objectId: string): Promise<Line[]> {
  const { history } = await admin.unit<{ history: { nodes: Line[] } }>(
    'history(objectId: $objectId) { nodes { operation changes { path masked from to } } }',
    { objectId },
    '$objectId: ID!',
  );
  return history.nodes;
}

/** Everything that the change log keeps of the newest change of an object. */
async function storedOf(objectId: string): Promise<string> {
  const [row] = await server.app.database.read((db) =>
    db.rows('SELECT `before`, `after` FROM change_entry WHERE object_id = ? ORDER BY revision DESC', [
      objectId,
    ]),
  );
  return JSON.stringify(row);
}

const updateManifest = (id: string, bundle: string, secretKeys: string[]) =>
  admin.mutate(
    'updatePlugin',
    'UpdatePluginInput',
    { id, manifest: { bundle, name: bundle, author: { name: 'Somebody' }, version: '2.0.0', secretKeys } },
    'plugin { id }',
  );

test('a config key that becomes a secret shows its open past nowhere', async () => {
  await admin.setConfigKey('token', { value: 'first-token' });
  await admin.setConfigKey('token', { value: 'second-token' });
  expect(JSON.stringify(await historyOf('token'))).toContain('first-token');

  await admin.setConfigKey('token', { value: 'third-token', secret: true });
  expect(await storedOf('token')).not.toMatch(/second-token|third-token/);
  const history = await historyOf('token');
  expect(JSON.stringify(history)).not.toMatch(/first-token|second-token|third-token/);
  expect(history.map(({ changes }) => changes.find(({ path }) => path === '/value')?.masked)).toEqual([
    true,
    true,
    true,
  ]);
});

test('a config key that stops being a secret stays masked in its past', async () => {
  await admin.setConfigKey('opened', { value: 'hidden-once', secret: true });
  await admin.setConfigKey('opened', { value: 'open-now', secret: false });
  expect(await storedOf('opened')).not.toMatch(/hidden-once/);
  expect(JSON.stringify(await historyOf('opened'))).not.toMatch(/hidden-once/);
});

test('a configuration key that a new manifest makes secret shows its open past nowhere', async () => {
  const bundle = 'org.example.turned';
  const id = await admin.installPlugin(
    bundle,
    {},
    { configuration: { apiKey: 'open-key', url: 'https://a.example' } },
  );
  expect(JSON.stringify(await historyOf(id))).toContain('open-key');

  await updateManifest(id, bundle, ['apiKey', '__proto__', 'absent']);
  expect(await storedOf(id)).not.toContain('open-key');
  expect(JSON.stringify(await historyOf(id))).not.toContain('open-key');
  const { plugin } = await admin.unit<{ plugin: { configuration: object } }>(
    'plugin(id: $id) { configuration }',
    { id },
    '$id: ID!',
  );
  expect(plugin.configuration).toEqual({ apiKey: 'open-key', url: 'https://a.example' });
});

test('what a form was loaded with is compared across a change of what is secret', async () => {
  const bundle = 'org.example.compared';
  const id = await admin.installPlugin(
    bundle,
    { secretKeys: ['apiKey'] },
    { configuration: { apiKey: 'kept-key' } },
  );
  const basedOnRevision = await admin.revision();
  await updateManifest(id, bundle, []);
  const configure = (configuration: object) =>
    admin.mutate(
      'configurePlugin',
      'ConfigurePluginInput',
      { id, configuration, basedOnRevision },
      'plugin { id }',
    );
  await configure({ apiKey: 'new-key' });
  expect((await refusalOf(configure({ apiKey: 'other-key' }))).code).toBe('CONFLICT');
});

test('the name of a secret key is taken as it is written', async () => {
  const refused = await refusalOf(admin.installPlugin('org.example.spaced', { secretKeys: [' apiKey '] }));
  expect(refused.fields).toEqual([
    { path: 'input.manifest.secretKeys.0', message: 'must not begin or end with a space' },
  ]);
});
