import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { refusalOf } from '../parts/configuration';
import { type SafeModeAnswer } from '../parts/safe-modes';
import { manifestOf } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Secrets in safe modes: told to admins who read them, and nowhere else; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** Every secret of this file, of live and recorded values, has this in it. */
const sign = 'hush-hush';
const secret = (what: string) => `${sign} ${what}`;
const keeping = { secretKeys: ['token'] };

/** The names of all files of the server that have a secret in clear: databases, files and what is beside them. */
async function telling(): Promise<string[]> {
  const beside = readdirSync(room.server.place.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(sign));
  const stored = await room.files.names();
  const contents = await Promise.all(stored.map((key) => room.files.content(key)));
  return [...beside, ...stored.filter((_, index) => contents[index]!.includes(sign))];
}

/** All that a safe mode and the history say. */
async function told({ id }: SafeModeAnswer): Promise<string> {
  const safeMode = await room.admin.find(id);
  const previewed = await room.grace.find(id);
  const listed = await room.admin.list();
  const history = await room.admin.configuration.unit(
    'history(first: 200) { nodes { target { name } changes { path from to masked } } }',
  );
  return JSON.stringify([safeMode, previewed, listed, history]);
}

test('no secret is in clear in what is stored or told, however it came to be recorded', async () => {
  const { live } = room;
  const { plugin } = await live.installPlugin('org.secret', keeping, {
    configuration: { token: secret('live'), open: 'seen' },
  });
  const { plugin: removed } = await live.installPlugin('org.secret.removed', keeping, {
    configuration: { token: { inner: [secret('removed')] } },
  });
  const { plugin: becoming } = await live.installPlugin('org.secret.becoming', {}, { configuration: {} });
  await live.setConfigKey('secret.changed', { value: secret('live'), secret: true });
  await live.setConfigKey('secret.removed', { value: secret('live'), secret: true });

  const [safeMode, mine] = await room.recording();
  await mine.configurePlugin(plugin.id, { configuration: { token: secret('mine'), open: 'changed' } });
  await mine.removePlugin(removed.id);
  await mine.updatePlugin(becoming.id, manifestOf('org.secret.becoming', keeping));
  await mine.configurePlugin(becoming.id, { configuration: { token: secret('mine') } });
  await mine.installPlugin('org.secret.new', keeping, { configuration: { token: { deep: secret('new') } } });
  await mine.setConfigKey('secret.changed', { value: { key: secret('mine') } });
  await mine.removeConfigKey('secret.removed');
  await mine.setConfigKey('secret.new', { value: [secret('new')], secret: true });

  const file = (await room.files.read(safeMode.id)).toString('latin1');
  expect(file).toContain('changed');
  expect(file).not.toContain(sign);
  expect(await telling()).toEqual([]);
  expect(await told(safeMode)).not.toContain(sign);
  const { tasks } = await room.admin.find(safeMode.id);
  const masked = tasks.map(({ target, changes }) => [
    target.name,
    changes.filter((change) => change.masked).map(({ path, from, to }) => [path, from, to]),
  ]);
  expect(masked).toEqual([
    ['org.secret', [['/configuration/token', null, null]]],
    ['org.secret.removed', [['/configuration/token', null, null]]],
    ['org.secret.becoming', [['/configuration/token', null, null]]],
    ['org.secret.new', [['/configuration/token', null, null]]],
    ['secret.changed', [['/value', null, null]]],
    ['secret.removed', [['/value', null, null]]],
    ['secret.new', [['/value', null, null]]],
  ]);
  expect(tasks[0]!.changes).toContainEqual({
    path: '/configuration/open',
    from: 'seen',
    to: 'changed',
    masked: false,
  });

  await room.apply(safeMode);
  expect(await telling()).toEqual([]);
  expect(await told(safeMode)).not.toContain(sign);
  expect(await room.live.plugin(plugin.id)).toMatchObject({ configuration: { token: secret('mine') } });
  expect(await room.live.configKey('secret.changed')).toMatchObject({ value: { key: secret('mine') } });

  const undo = await room.admin.undo(safeMode.id);
  expect((await room.files.read(undo.id)).toString('latin1')).not.toContain(sign);
  expect(await telling()).toEqual([]);
  expect(await told(undo)).not.toContain(sign);
  await room.apply(undo);
  expect(await room.live.plugin(plugin.id)).toMatchObject({ configuration: { token: secret('live') } });
  expect(await room.live.configKey('secret.removed')).toMatchObject({ value: secret('live') });
});

describe('conflicts tell that there is a secret, and not which', () => {
  test('of single values', async () => {
    const { plugin } = await room.live.installPlugin('org.conflict.secret', keeping, {
      configuration: { token: secret('base'), open: 1 },
    });
    await room.live.setConfigKey('conflict.secret', { value: secret('base'), secret: true });
    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, { configuration: { token: secret('mine'), open: 2 } });
    await mine.setConfigKey('conflict.secret', { value: secret('mine') });
    await room.others.configurePlugin(plugin.id, { configuration: { token: secret('hers'), open: 3 } });
    await room.others.setConfigKey('conflict.secret', { value: secret('hers') });

    const hidden = { base: null, mine: null, live: null, masked: true };
    expect(await room.standing(safeMode)).toMatchObject([
      { path: '/configuration/token', ...hidden, resolutions: ['MINE', 'THEIRS', 'VALUE'] },
      { path: '/configuration/open', base: 1, mine: 2, live: 3, masked: false },
      { path: '/value', ...hidden },
    ]);
    expect(await told(safeMode)).not.toContain(sign);
    expect(await telling()).toEqual([]);
  });

  test('of whole objects, which lack it', async () => {
    const { plugin } = await room.live.installPlugin('org.whole.secret', keeping, {
      configuration: { token: secret('base'), open: 1 },
    });
    const [safeMode, mine] = await room.recording();
    await mine.removePlugin(plugin.id);
    await room.others.configurePlugin(plugin.id, { configuration: { token: secret('hers'), open: 1 } });
    expect(await room.standing(safeMode)).toMatchObject([
      {
        code: 'DELETE_OF_CHANGED',
        base: { configuration: { open: 1 } },
        live: { configuration: { open: 1 } },
        masked: true,
      },
    ]);
    expect(await told(safeMode)).not.toContain(sign);
  });

  test('of what has become a secret live since', async () => {
    await room.live.setConfigKey('late.secret', { value: 'open base' });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('late.secret', { value: 'open mine' });
    await room.others.setConfigKey('late.secret', { value: secret('hers'), secret: true });
    const [conflict] = await room.standing(safeMode);
    expect(conflict).toMatchObject({ path: '/value', base: null, mine: null, live: null, masked: true });
    const { tasks } = await room.admin.find(safeMode.id);
    expect(tasks[0]!.changes).toEqual([{ path: '/value', from: null, to: null, masked: true }]);
  });

  test('a value that answers one is kept as a secret too', async () => {
    await room.live.setConfigKey('answered.secret', { value: secret('base'), secret: true });
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('answered.secret', { value: secret('mine') });
    await room.others.setConfigKey('answered.secret', { value: secret('hers') });
    const { id } = await room.conflictOf(safeMode);
    const answered = await room.admin.resolve(safeMode.id, id, 'VALUE', secret('entered'));
    expect(answered.conflicts).toEqual([]);
    expect((await room.files.read(safeMode.id)).toString('latin1')).not.toContain(sign);
    expect(await told(safeMode)).not.toContain(sign);
    await room.apply(safeMode);
    expect(await room.live.configKey('answered.secret')).toMatchObject({ value: secret('entered') });
  });
});

test('no refusal of recording tells a secret', async () => {
  const { plugin } = await room.live.installPlugin('org.refused.secret', keeping, {
    configuration: { token: secret('base') },
  });
  await room.live.setConfigKey('refused.secret', { value: secret('base'), secret: true });
  const [safeMode, mine] = await room.recording();
  const basedOnRevision = await room.revision();
  await room.others.configurePlugin(plugin.id, { configuration: { token: secret('hers') } });
  await room.others.setConfigKey('refused.secret', { value: secret('hers') });
  const refusals = [
    () => mine.configurePlugin(plugin.id, { configuration: { token: secret('mine') }, basedOnRevision }),
    () => mine.setConfigKey('refused.secret', { value: secret('mine'), basedOnRevision }),
    () => mine.removePlugin(plugin.id, { basedOnRevision }),
    () => mine.removeConfigKey('refused.secret', { basedOnRevision }),
    () => mine.installPlugin('ORG.refused.secret', keeping, { configuration: { token: secret('mine') } }),
    () =>
      mine.installPlugin('org.refused.mapped', keeping, {
        configuration: { token: secret('mine') },
        mappings: { need: { bundle: 'org.unknown', name: 'x' } },
      }),
    () =>
      mine.setConfigKey('refused.description', {
        value: secret('mine'),
        secret: true,
        description: 'x'.repeat(3000),
      }),
  ];
  for (const work of refusals) {
    const { errors } = await room.refused(safeMode, work);
    expect(JSON.stringify(errors)).not.toContain(sign);
  }
  const stale = await refusalOf(room.admin.resolve(safeMode.id, 'unknown', 'VALUE', secret('mine')));
  expect(JSON.stringify(stale.errors)).not.toContain(sign);
});

test('whoever previews reads them in clear where live is read so, and each reading is noted', async () => {
  const { plugin } = await room.live.installPlugin('org.read.secret', keeping);
  const [safeMode, mine] = await room.recording();
  await mine.configurePlugin(plugin.id, { configuration: { token: secret('mine') } });
  await mine.setConfigKey('read.secret', { value: secret('mine'), secret: true });

  const readings = async () => {
    const rows = await room.server.app.database.read((db) =>
      db.rows("SELECT user_id, detail FROM audit WHERE event = 'SECRET_READ' ORDER BY at, id"),
    );
    return rows as [string, string][];
  };
  for (const as of [room.admin, room.grace]) {
    const before = await readings();
    const { plugin: shown, configKey } = await as
      .in(safeMode)
      .unit<Record<string, object>>(
        `plugin(id: "${plugin.id}") { configuration } configKey(key: "read.secret") { value }`,
      );
    expect([shown, configKey]).toEqual([
      { configuration: { token: secret('mine') } },
      { value: secret('mine') },
    ]);
    const added = (await readings()).slice(before.length);
    const { viewer } = await as.configuration.request<{ viewer: { id: string } }>('{ viewer { id } }');
    expect(added.map(([userId]) => userId)).toEqual([viewer.id]);
    expect(added[0]![1]).toContain('org.read.secret');
    expect(added[0]![1]).toContain('read.secret');
    expect(added[0]![1]).not.toContain(sign);
  }
  expect(await room.live.plugin(plugin.id)).toMatchObject({ configuration: {} });
});

test('where a reading cannot be noted, nothing is shown', async () => {
  await room.live.setConfigKey('not.noted', { value: secret('live'), secret: true });
  const { database } = room.server.app;
  const rename = (from: string, to: string) =>
    database.transaction((db) => db.run(`ALTER TABLE ${from} RENAME TO ${to}`));
  const read = () => room.admin.configuration.unit('configKey(key: "not.noted") { value }');
  await rename('audit', 'audit_away');
  try {
    const { errors } = await refusalOf(read());
    expect(JSON.stringify(errors)).not.toContain(sign);
  } finally {
    await rename('audit_away', 'audit');
  }
  expect(await read()).toEqual({ configKey: { value: secret('live') } });
});

test('a value that becomes a secret is one, and what it was before too', async () => {
  await room.live.setConfigKey('becomes.secret', { value: 'open so far' });
  const [safeMode, mine] = await room.recording();
  await mine.setConfigKey('becomes.secret', { value: secret('mine'), secret: true });
  expect((await room.files.read(safeMode.id)).toString('latin1')).not.toMatch(/hush-hush|open so far/);
  expect((await room.admin.find(safeMode.id)).tasks[0]!.changes).toEqual([
    { path: '/value', from: null, to: null, masked: true },
    { path: '/secret', from: false, to: true, masked: false },
  ]);

  const { plugin } = await room.live.installPlugin('org.becomes.secret');
  await mine.configurePlugin(plugin.id, { configuration: { token: secret('mine') } });
  await mine.updatePlugin(plugin.id, manifestOf('org.becomes.secret', keeping));
  expect((await room.files.read(safeMode.id)).toString('latin1')).not.toContain(sign);
  expect(await told(safeMode)).not.toContain(sign);
});
