import { manifestOf } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** What stands between objects, and changes that stand in each other’s way; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

const grace = { name: 'Grace' };

test('REFERENCE_MISSING: what a change would point at is gone', async () => {
  const serves = { exposes: { actions: ['serve'], portals: [] } };
  const { plugin: serving } = await room.live.installPlugin('org.lost.serving', serves);
  const { plugin: shown } = await room.live.installPlugin('org.lost.shown');
  const { workspace } = await room.live.createWorkspace('Lost');
  const { profile } = await room.live.createProfile('Loses');
  const { workspace: showing } = await room.live.createWorkspace('Loses');

  const [safeMode, mine] = await room.recording();
  await mine.updateProfile(profile.id, { workspaceIds: [workspace.id] });
  await mine.updateWorkspace(showing.id, { applications: [{ pluginId: shown.id, area: 'main' }] });
  const { workspace: fresh } = await mine.createWorkspace('Loses, new', {
    applications: [{ pluginId: shown.id, area: 'main' }],
  });
  const { plugin: asking } = await mine.installPlugin(
    'org.lost.asking',
    { requires: { actions: ['need'], portals: [] } },
    { mappings: { need: { bundle: 'org.lost.serving', name: 'serve' } } },
  );
  await room.others.deleteWorkspace(workspace.id);
  await room.others.removePlugin(serving.id);
  await room.others.removePlugin(shown.id);

  const common = { code: 'REFERENCE_MISSING', liveChangedBy: grace, resolutions: ['DETACH'], derived: false };
  expect(await room.standing(safeMode)).toMatchObject([
    {
      ...common,
      taskId: await room.taskOf(safeMode, profile.id),
      message:
        'The profile “Loses” would point at the workspace “Lost”, which does not exist any more (workspaces).',
      path: '/workspaces',
      referrers: [{ type: 'WORKSPACE', id: workspace.id, name: 'Lost' }],
    },
    {
      ...common,
      taskId: await room.taskOf(safeMode, showing.id),
      path: expect.stringMatching(/^\/applications\/[^/]+$/) as string,
      referrers: [{ type: 'PLUGIN', id: shown.id, name: 'org.lost.shown' }],
    },
    { ...common, taskId: await room.taskOf(safeMode, fresh.id), referrers: [{ id: shown.id }] },
    {
      ...common,
      taskId: await room.taskOf(safeMode, asking.id),
      path: '/mappings/need',
      referrers: [{ type: 'PLUGIN', id: serving.id, name: 'org.lost.serving' }],
    },
  ]);
  // A draft is still there to be looked at.
  expect(await mine.workspace(fresh.id)).toMatchObject({ name: 'Loses, new', applications: [] });
  expect(await mine.plugin(asking.id)).toMatchObject({ bundle: 'org.lost.asking' });
});

test('REFERENCE_GAINED: others have begun to use what is to be removed, told for each of them', async () => {
  const { plugin } = await room.live.installPlugin('org.gained', {
    exposes: { actions: ['serve'], portals: [] },
  });
  const { workspace } = await room.live.createWorkspace('Gained');
  const [safeMode, mine] = await room.recording();
  await mine.removePlugin(plugin.id);
  await mine.deleteWorkspace(workspace.id);
  const { workspace: showing } = await room.others.createWorkspace('Uses gained', {
    applications: [{ pluginId: plugin.id, area: 'main' }],
  });
  const { plugin: asking } = await room.others.installPlugin(
    'org.gained.asking',
    { requires: { actions: ['need'], portals: [] } },
    { mappings: { need: { bundle: 'org.gained', name: 'serve' } } },
  );
  const { profile } = await room.others.createProfile('Uses gained', { workspaceIds: [workspace.id] });

  const common = { code: 'REFERENCE_GAINED', path: '', liveChangedBy: grace, resolutions: ['DETACH'] };
  const found = await room.standing(safeMode);
  expect(found).toHaveLength(3);
  expect(found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        ...common,
        taskId: await room.taskOf(safeMode, plugin.id),
        referrers: [{ type: 'WORKSPACE', id: showing.id, name: 'Uses gained' }],
      }),
      expect.objectContaining({
        ...common,
        referrers: [{ type: 'PLUGIN', id: asking.id, name: 'org.gained.asking' }],
      }),
      expect.objectContaining({
        ...common,
        taskId: await room.taskOf(safeMode, workspace.id),
        message: 'The workspace “Gained” cannot be removed: the profile “Uses gained” has begun to use it.',
        referrers: [{ type: 'PROFILE', id: profile.id, name: 'Uses gained' }],
      }),
    ]),
  );
});

test('INVALID: a live change takes away what makes the result valid', async () => {
  const { plugin } = await room.live.installPlugin('org.invalid');
  const { workspace } = await room.live.createWorkspace('Invalid', { layout: 'two-columns' });
  const [safeMode, mine] = await room.recording();
  const { workspace: seen } = await mine.updateWorkspace(workspace.id, {
    applications: [{ pluginId: plugin.id, area: 'side' }],
  });
  await room.others.updateWorkspace(workspace.id, { layout: 'single' });
  expect(await room.standing(safeMode)).toMatchObject([
    {
      code: 'INVALID',
      message:
        'The workspace “Invalid” would not be valid (area of an application): must be an area of the layout: main.',
      path: `/applications/${seen.applications[0]!.id}/area`,
      mine: 'side',
      live: null,
      liveChangedBy: grace,
      resolutions: ['VALUE'],
    },
  ]);
});

test('INVALID: a new manifest no longer declares what is opened or mapped', async () => {
  const declares = {
    permissions: [{ id: 'see', title: 'See' }],
    requires: { actions: ['need'], portals: [] },
  };
  await room.live.installPlugin('org.declared.serving', { exposes: { actions: ['serve'], portals: [] } });
  const { plugin } = await room.live.installPlugin('org.declared', declares);
  const [safeMode, mine] = await room.recording();
  await mine.configurePlugin(plugin.id, {
    permissions: { see: ['USER'] },
    mappings: { need: { bundle: 'org.declared.serving', name: 'serve' } },
  });
  const nothing = { permissions: [], requires: { actions: [], portals: [] } };
  await room.others.updatePlugin(plugin.id, manifestOf('org.declared', { version: '2.0.0', ...nothing }));
  expect(await room.standing(safeMode)).toMatchObject([
    {
      code: 'INVALID',
      path: '/permissions/see',
      message:
        'The plugin “org.declared” would not be valid (permissions “see”): is not a permission of the manifest.',
      mine: ['USER'],
      liveChangedBy: grace,
    },
    { code: 'INVALID', path: '/mappings/need', liveChangedBy: grace },
  ]);
  await room.others.updatePlugin(plugin.id, manifestOf('org.declared', { version: '3.0.0', ...declares }));
  await room.apply(safeMode);
  expect(await room.live.plugin(plugin.id)).toMatchObject({
    version: '3.0.0',
    permissions: { see: ['USER'] },
    mappings: { need: { bundle: 'org.declared.serving', name: 'serve' } },
  });
});

describe('changes that only stand in each other’s way', () => {
  test('DEPENDENCY_REMOVED: what needs a creation that is in conflict, and what needs that in turn', async () => {
    const { profile } = await room.live.createProfile('Depends');
    const [safeMode, mine] = await room.recording();
    const { plugin } = await mine.installPlugin('org.depended');
    const applications = [{ pluginId: plugin.id, area: 'main' }];
    const { workspace } = await mine.createWorkspace('Depends', { applications });
    await mine.updateProfile(profile.id, { workspaceIds: [workspace.id] });
    await room.others.installPlugin('org.depended');

    const [installs, creates] = [
      await room.taskOf(safeMode, plugin.id),
      await room.taskOf(safeMode, workspace.id),
    ];
    expect(await room.standing(safeMode)).toMatchObject([
      { taskId: installs, code: 'NAME_TAKEN', derived: false, because: [] },
      {
        taskId: creates,
        code: 'DEPENDENCY_REMOVED',
        derived: true,
        because: [installs],
        message: expect.stringContaining('needs the plugin “org.depended”') as string,
        referrers: [{ type: 'PLUGIN', id: plugin.id, name: 'org.depended' }],
        resolutions: [],
      },
      {
        taskId: await room.taskOf(safeMode, profile.id),
        code: 'DEPENDENCY_REMOVED',
        derived: true,
        because: [creates],
        path: '/workspaces',
      },
    ]);
  });

  test('a name that is not given up after all is taken, by what was to give it up', async () => {
    const { profile: old } = await room.live.createProfile('Given up');
    const [safeMode, mine] = await room.recording();
    await mine.deleteProfile(old.id);
    const { profile } = await mine.createProfile('Given up');
    await room.others.updateProfile(old.id, { roles: ['USER'] });
    const removes = await room.taskOf(safeMode, old.id);
    expect(await room.standing(safeMode)).toMatchObject([
      { taskId: removes, code: 'DELETE_OF_CHANGED', derived: false },
      {
        taskId: await room.taskOf(safeMode, profile.id),
        code: 'NAME_TAKEN',
        derived: true,
        because: [removes],
        referrers: [{ id: old.id }],
      },
    ]);
  });

  test('two that swap names fall together when one of them is in conflict elsewhere', async () => {
    const ids = (await room.workspaces('Swap a', 'Swap b', 'Swap c')) as [string, string, string];
    const [a, b, c] = ids;
    const { profile: one } = await room.live.createProfile('Swap one', { workspaceIds: ids });
    const { profile: two } = await room.live.createProfile('Swap two');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(one.id, { name: 'Swap three', workspaceIds: [b, a, c] });
    await mine.updateProfile(two.id, { name: 'Swap one' });
    await mine.updateProfile(one.id, { name: 'Swap two' });
    await room.others.updateProfile(one.id, { workspaceIds: [a, c, b] });
    const first = await room.taskOf(safeMode, one.id);
    expect(await room.standing(safeMode)).toMatchObject([
      { taskId: first, code: 'FIELD_CHANGED', path: '/workspaces', derived: false },
      { taskId: await room.taskOf(safeMode, two.id), code: 'NAME_TAKEN', derived: true, because: [first] },
    ]);
  });
});

test('all conflicts come at once, and nothing is written while one of them stands', async () => {
  const { profile: field } = await room.live.createProfile('At once field');
  const { profile: missing } = await room.live.createProfile('At once missing');
  const { profile: changed } = await room.live.createProfile('At once changed');
  const { workspace: lost } = await room.live.createWorkspace('At once lost');
  const { workspace: gained } = await room.live.createWorkspace('At once gained');
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('At once taken');
  await mine.updateProfile(field.id, { name: 'At once mine' });
  await mine.updateProfile(missing.id, { roles: ['USER'] });
  await mine.deleteProfile(changed.id);
  await mine.createProfile('At once refers', { workspaceIds: [lost.id] });
  await mine.deleteWorkspace(gained.id);
  await mine.setConfigKey('at.once.fine', { value: 1 });
  await room.others.createProfile('At once taken');
  await room.others.updateProfile(field.id, { name: 'At once hers' });
  await room.others.deleteProfile(missing.id);
  await room.others.updateProfile(changed.id, { roles: ['USER'] });
  await room.others.deleteWorkspace(lost.id);
  await room.others.createProfile('At once uses', { workspaceIds: [gained.id] });

  const live = await room.live.everything();
  const found = await room.standing(safeMode);
  expect(found.map(({ code }) => code)).toEqual([
    'NAME_TAKEN',
    'FIELD_CHANGED',
    'TARGET_MISSING',
    'DELETE_OF_CHANGED',
    'REFERENCE_MISSING',
    'REFERENCE_GAINED',
  ]);
  expect(await room.live.everything()).toEqual(live);

  for (const { taskId } of found) await room.admin.removeTask(safeMode.id, taskId!);
  expect(await room.apply(safeMode)).toMatchObject({ taskCount: 1 });
  expect(await room.live.configKey('at.once.fine')).toMatchObject({ value: 1 });
});
