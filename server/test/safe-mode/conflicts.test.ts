import { Newsroom } from './parts/newsroom';

/** What stands against single changes once others have edited live: applied locally, and for all; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

const grace = { name: 'Grace' };

describe('NAME_TAKEN', () => {
  test('a profile name that somebody else has taken live, whatever its case', async () => {
    const [safeMode, mine] = await room.recording();
    const { profile } = await mine.createProfile('Sales');
    const { profile: hers } = await room.others.createProfile('SALES');
    expect(await room.standing(safeMode)).toMatchObject([
      {
        taskId: await room.taskOf(safeMode, profile.id),
        code: 'NAME_TAKEN',
        message: 'The profile “Sales” cannot have this name: the profile “SALES” has it already.',
        path: '/name',
        mine: 'Sales',
        liveChangedBy: grace,
        referrers: [{ type: 'PROFILE', id: hers.id, name: 'SALES' }],
        resolutions: ['VALUE'],
        derived: false,
        because: [],
      },
    ]);
  });

  test('a profile that is renamed to what somebody else has renamed theirs to', async () => {
    const { profile } = await room.live.createProfile('Renames a');
    const { profile: other } = await room.live.createProfile('Renames b');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Renames c' });
    await room.others.updateProfile(other.id, { name: 'renames C' });
    expect(await room.standing(safeMode)).toMatchObject([
      { code: 'NAME_TAKEN', mine: 'Renames c', liveChangedBy: grace, referrers: [{ id: other.id }] },
    ]);
  });

  test('the bundle of a plugin, which cannot be another one', async () => {
    const [safeMode, mine] = await room.recording();
    await mine.installPlugin('org.taken.bundle');
    const { plugin } = await room.others.installPlugin('ORG.taken.bundle');
    expect(await room.standing(safeMode)).toMatchObject([
      {
        code: 'NAME_TAKEN',
        path: '/bundle',
        mine: 'org.taken.bundle',
        referrers: [{ type: 'PLUGIN', id: plugin.id }],
        resolutions: [],
      },
    ]);
  });
});

describe('TARGET_MISSING', () => {
  test('an update and a removal of what is gone, of every kind', async () => {
    const { plugin } = await room.live.installPlugin('org.missing');
    const { workspace } = await room.live.createWorkspace('Missing');
    const { profile } = await room.live.createProfile('Missing');
    await room.live.setConfigKey('missing', { value: 1 });
    const { profile: twice } = await room.live.createProfile('Missing twice');
    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, { enabled: false });
    await mine.updateWorkspace(workspace.id, { shared: false });
    await mine.updateProfile(profile.id, { roles: ['USER'] });
    await mine.setConfigKey('missing', { value: 2 });
    await mine.deleteProfile(twice.id);
    await room.others.removePlugin(plugin.id);
    await room.others.deleteWorkspace(workspace.id);
    await room.others.deleteProfile(profile.id);
    await room.others.removeConfigKey('missing');
    await room.others.deleteProfile(twice.id);

    const common = { code: 'TARGET_MISSING', path: '', base: null, mine: null, live: null, referrers: [] };
    const update = { ...common, liveChangedBy: grace, resolutions: ['RECREATE'] };
    expect(await room.standing(safeMode)).toMatchObject([
      { ...update, message: 'The plugin “org.missing” does not exist any more.' },
      { ...update, message: 'The workspace “Missing” does not exist any more.' },
      { ...update, message: 'The profile “Missing” does not exist any more.' },
      { ...update, message: 'The config key “missing” does not exist any more.' },
      { ...update, message: 'The profile “Missing twice” does not exist any more.', resolutions: [] },
    ]);
  });
});

describe('FIELD_CHANGED', () => {
  test('a field that somebody else has set to another value, with all three sides, who and when', async () => {
    const { profile } = await room.live.createProfile('Field');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Field, mine' });
    await room.others.updateProfile(profile.id, { name: 'Field, hers' });
    expect(await room.standing(safeMode)).toMatchObject([
      {
        code: 'FIELD_CHANGED',
        message: 'Somebody has changed the profile “Field, hers” at the same place in the meantime: name.',
        path: '/name',
        base: 'Field',
        mine: 'Field, mine',
        live: 'Field, hers',
        masked: false,
        liveChangedBy: grace,
        resolutions: ['MINE', 'THEIRS', 'VALUE'],
      },
    ]);
    const { safeMode: shown } = await room.admin.configuration.request<{
      safeMode: { conflicts: { liveChangedAt: string }[] };
    }>('query ($id: ID!) { safeMode(id: $id) { conflicts { liveChangedAt } } }', { id: safeMode.id });
    const { history } = await room.admin.configuration.unit<{ history: { nodes: { at: string }[] } }>(
      'history(first: 1) { nodes { at } }',
    );
    expect(shown.conflicts).toEqual([{ liveChangedAt: history.nodes[0]!.at }]);
  });

  test('a key within a configuration, told by its place; other keys and fields are nobody’s business', async () => {
    const { plugin } = await room.live.installPlugin(
      'org.field.keys',
      {},
      { configuration: { server: { 'a/b': 1, port: 1 }, list: [1] } },
    );
    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, {
      configuration: { server: { 'a/b': 2, port: 2 }, list: [2], added: 2 },
    });
    await room.others.configurePlugin(plugin.id, {
      configuration: { server: { 'a/b': 3, port: 1, host: 'x' }, list: [3], added: 3 },
      enabled: false,
    });
    expect(await room.standing(safeMode)).toMatchObject([
      { path: '/configuration/server/a~1b', base: 1, mine: 2, live: 3 },
      { path: '/configuration/list', base: [1], mine: [2], live: [3] },
      { path: '/configuration/added', base: null, mine: 2, live: 3 },
    ]);
  });

  test('an object within a configuration that is gone is one conflict, at its place', async () => {
    const { plugin } = await room.live.installPlugin(
      'org.field.gone',
      {},
      { configuration: { k: { p: 1, q: 1 } } },
    );
    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, { configuration: { k: { p: 2, q: 2 } } });
    await room.others.configurePlugin(plugin.id, { configuration: {} });
    expect(await room.standing(safeMode)).toMatchObject([
      { path: '/configuration/k', base: { p: 1, q: 1 }, mine: { p: 2, q: 2 }, live: null },
    ]);
  });

  test('an order that both have changed', async () => {
    const ids = await room.workspaces('Ordered a', 'Ordered b', 'Ordered c');
    const [a, b, c] = ids as [string, string, string];
    const { profile } = await room.live.createProfile('Ordered', { workspaceIds: ids });
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { workspaceIds: [b, a, c] });
    await room.others.updateProfile(profile.id, { workspaceIds: [a, c, b] });
    expect(await room.standing(safeMode)).toMatchObject([
      { code: 'FIELD_CHANGED', path: '/workspaces', base: [a, b, c], mine: [b, a, c], live: [a, c, b] },
    ]);
  });

  test('an application: removed here and changed there, moved here and removed there', async () => {
    const { plugin } = await room.live.installPlugin('org.field.application');
    const application = { pluginId: plugin.id, area: 'main' };
    const { workspace } = await room.live.createWorkspace('Applications', {
      layout: 'two-columns',
      applications: [application, application],
    });
    const [first, second] = workspace.applications.map(({ id }) => id) as [string, string];
    const [safeMode, mine] = await room.recording();
    await mine.updateWorkspace(workspace.id, {
      applications: [{ id: second, pluginId: plugin.id, area: 'side' }],
    });
    await room.others.updateWorkspace(workspace.id, {
      applications: [{ id: first, pluginId: plugin.id, area: 'main', configuration: { zoom: 2 } }],
    });
    expect(await room.standing(safeMode)).toMatchObject([
      {
        path: `/applications/${first}`,
        base: { area: 'main', configuration: {} },
        mine: null,
        live: { area: 'main', configuration: { zoom: 2 } },
      },
      { path: `/applications/${second}`, mine: { area: 'side' }, live: null },
    ]);
  });

  test('a config key that both have added with other values has no base', async () => {
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('both.new', { value: 'mine', description: 'Same' });
    await room.others.setConfigKey('both.new', { value: 'hers', description: 'Same' });
    expect(await room.standing(safeMode)).toMatchObject([
      { code: 'FIELD_CHANGED', path: '/value', base: null, mine: 'mine', live: 'hers' },
    ]);
  });
});

test('DELETE_OF_CHANGED: a removal of what somebody else has changed since', async () => {
  const { profile } = await room.live.createProfile('Changed');
  const { plugin } = await room.live.installPlugin('org.changed');
  const [safeMode, mine] = await room.recording();
  await mine.deleteProfile(profile.id);
  await mine.removePlugin(plugin.id);
  await room.others.updateProfile(profile.id, { name: 'Changed, hers' });
  await room.others.configurePlugin(plugin.id, { configuration: { a: 1 } });
  expect(await room.standing(safeMode)).toMatchObject([
    {
      code: 'DELETE_OF_CHANGED',
      message: 'Somebody has changed the profile “Changed, hers” since its removal was asked for: name.',
      path: '',
      base: { name: 'Changed' },
      mine: null,
      live: { name: 'Changed, hers' },
      liveChangedBy: grace,
      resolutions: ['MINE'],
    },
    { code: 'DELETE_OF_CHANGED', base: { configuration: {} }, live: { configuration: { a: 1 } } },
  ]);
});
