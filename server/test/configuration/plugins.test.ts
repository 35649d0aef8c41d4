import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';

let server: TestServer;
let admin: ConfigurationClient;

beforeAll(async () => {
  server = await TestServer.start({ ALLOW_PRIVATE_MANIFEST_URLS: 'true' });
  admin = await ConfigurationClient.ofAdmin(server);
});
afterAll(() => server.stop());

const configure = (id: string, input: object) =>
  admin.mutate(
    'configurePlugin',
    'ConfigurePluginInput',
    { id, ...input },
    'plugin { enabled configuration permissions mappings }',
  );
const remove = (id: string, input: object = {}) =>
  admin.mutate('removePlugin', 'DeleteInput', { id, ...input }, 'id');

test('every fault of a manifest is listed at once', async () => {
  const manifest = { bundle: 'org example', version: 'one', name: '', graphic_url: 5 };
  const refusal = await refusalOf(
    admin.mutate('installPlugin', 'InstallPluginInput', { manifest }, 'plugin { id }'),
  );
  expect(refusal.code).toBe('BAD_USER_INPUT');
  const paths = refusal.fields.map(({ path }) => path);
  for (const field of ['author', 'version', 'name', 'graphic_url']) {
    expect(paths).toContain(`input.manifest.${field}`);
  }
});

test('unknown fields of a manifest are kept', async () => {
  const id = await admin.installPlugin('org.example.extra', { somethingElse: { deep: [1, null] } });
  const { plugin } = await admin.unit<{ plugin: { manifest: object } }>(
    'plugin(id: $id) { manifest }',
    { id },
    '$id: ID!',
  );
  expect(plugin.manifest).toMatchObject({ somethingElse: { deep: [1, null] } });
});

test('the same bundle cannot be installed twice', async () => {
  await admin.installPlugin('org.example.twice');
  const refusal = await refusalOf(admin.installPlugin('ORG.example.TWICE'));
  expect(refusal.conflicts).toMatchObject([{ code: 'NAME_TAKEN' }]);
});

test('a new manifest must be of the same bundle', async () => {
  const id = await admin.installPlugin('org.example.same');
  const manifest = {
    bundle: 'org.example.other',
    name: 'Other',
    author: { name: 'Somebody' },
    version: '2.0.0',
  };
  const refusal = await refusalOf(
    admin.mutate('updatePlugin', 'UpdatePluginInput', { id, manifest }, 'plugin { version }'),
  );
  expect(refusal.code).toBe('BAD_USER_INPUT');
  expect(
    await admin.mutate(
      'updatePlugin',
      'UpdatePluginInput',
      { id, manifest: { ...manifest, bundle: 'org.example.same' } },
      'plugin { version name }',
    ),
  ).toEqual({ plugin: { version: '2.0.0', name: 'Other' } });
});

test('what stands at an address is looked at before it is taken, and what was looked at is what is taken', async () => {
  let asked = 0;
  const publisher = createServer((_, response) => {
    asked++;
    const manifest = {
      bundle: 'org.example.away',
      name: 'Away',
      author: { name: 'Ada' },
      version: `${asked}.0.0`,
    };
    response.end(JSON.stringify(manifest));
  }).listen(0, '127.0.0.1');
  try {
    await once(publisher, 'listening');
    const manifestUrl = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}/`;
    const { manifestAt } = await admin.unit<{ manifestAt: object }>(
      'manifestAt(url: $url)',
      { url: manifestUrl },
      '$url: String!',
    );
    expect(manifestAt).toMatchObject({ version: '1.0.0' });
    const { plugin } = await admin.mutate<{ plugin: object }>(
      'installPlugin',
      'InstallPluginInput',
      { manifest: manifestAt, manifestUrl },
      'plugin { version manifestUrl }',
    );
    expect(plugin).toEqual({ version: '1.0.0', manifestUrl });
    expect(asked).toBe(1);
  } finally {
    publisher.close();
  }
});

test('mappings are given and shown by bundle, and only what is exposed can serve', async () => {
  const weather = await admin.installPlugin('org.example.weather', {
    exposes: { actions: ['forecast'], portals: [] },
  });
  const page = await admin.installPlugin('org.example.page', {
    requires: { actions: ['weather'], portals: [] },
  });
  const mapping = (name: string, bundle = 'org.example.weather') => ({
    mappings: { weather: { bundle, name } },
  });
  expect(await configure(page, mapping('forecast'))).toMatchObject({ plugin: mapping('forecast') });
  expect((await refusalOf(configure(page, mapping('tide')))).fields).toMatchObject([
    { path: 'input.mappings.weather' },
  ]);
  expect((await refusalOf(configure(page, mapping('forecast', 'org.example.none')))).code).toBe(
    'BAD_USER_INPUT',
  );

  const refusal = await refusalOf(remove(weather));
  expect(refusal.conflicts).toMatchObject([
    { code: 'IN_USE', referrers: [{ type: 'PLUGIN', name: 'org.example.page' }] },
  ]);
  await remove(weather, { detach: true });
  expect(await configure(page, {})).toMatchObject({ plugin: { mappings: {} } });
});

test('a plugin that workspaces use is removed only when asked to detach, and takes its applications along', async () => {
  const id = await admin.installPlugin('org.example.clock');
  const workspace = await admin.createWorkspace({
    name: 'Desk',
    applications: [{ pluginId: id, area: 'main' }],
  });
  expect((await refusalOf(remove(id))).conflicts).toMatchObject([
    { code: 'IN_USE', referrers: [{ type: 'WORKSPACE', name: 'Desk' }] },
  ]);
  await remove(id, { detach: true });
  const found = await admin.unit<{ workspace: { applications: object[] } }>(
    'workspace(id: $id) { applications { id } }',
    { id: workspace.id },
    '$id: ID!',
  );
  expect(found.workspace.applications).toEqual([]);
});

test('secrets of a plugin are encrypted at rest, masked in the history, and reading them is audited', async () => {
  const id = await admin.installPlugin(
    'org.example.secret',
    { secretKeys: ['apiKey'] },
    { configuration: { apiKey: 'hunter2', url: 'https://example.org' } },
  );
  const rows = await server.app.database.read((db) =>
    db.rows('SELECT configuration FROM plugin WHERE id = ?', [id]),
  );
  expect(String(rows[0]![0])).not.toContain('hunter2');
  const logged = await server.app.database.read((db) =>
    db.rows('SELECT `after` FROM change_entry WHERE object_id = ?', [id]),
  );
  expect(String(logged[0]![0])).not.toContain('hunter2');

  const { history, plugin } = await admin.unit<{
    history: { nodes: { changes: { path: string; masked: boolean; to: unknown }[] }[] };
    plugin: { configuration: object };
  }>(
    'history(objectId: $id) { nodes { changes { path masked to } } } plugin(id: $id) { configuration }',
    { id },
    '$id: ID!',
  );
  expect(plugin.configuration).toEqual({ apiKey: 'hunter2', url: 'https://example.org' });
  expect(history.nodes[0]!.changes).toContainEqual({ path: '/configuration/apiKey', masked: true, to: null });
  expect(JSON.stringify(history)).not.toContain('hunter2');

  const audited = await server.app.database.read((db) =>
    db.rows("SELECT detail FROM audit WHERE event = 'SECRET_READ'"),
  );
  expect(String(audited)).toContain('org.example.secret');
});

test('whole numbers beyond 2^53 are refused', async () => {
  const id = await admin.installPlugin('org.example.numbers');
  const refusal = await refusalOf(configure(id, { configuration: { big: 2 ** 53 } }));
  expect(refusal.fields).toMatchObject([{ path: 'input.configuration.big' }]);
});
