import { type SafeModeAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** The ways out of conflicts, each for each conflict that has it; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** Answers the only conflict that stands; answers what the safe mode is then. */
async function resolved(safeMode: SafeModeAnswer, resolution: string, value?: unknown) {
  const conflict = await room.conflictOf(safeMode);
  expect(conflict.resolutions).toContain(resolution);
  return room.admin.resolve(safeMode.id, conflict.id, resolution, value);
}

/** Answers it, and applies what is then without a conflict. */
async function resolvedAndApplied(safeMode: SafeModeAnswer, resolution: string, value?: unknown) {
  expect(await resolved(safeMode, resolution, value)).toMatchObject({ conflictCount: 0, conflicts: [] });
  return room.apply(safeMode);
}

describe('FIELD_CHANGED', () => {
  /** A profile that both have renamed, while I have opened it to a role, and others to another one. */
  async function renamedByBoth(name: string): Promise<[SafeModeAnswer, string]> {
    const { profile } = await room.live.createProfile(name);
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: `${name}, mine`, roles: ['USER'] });
    await room.others.updateProfile(profile.id, { name: `${name}, hers`, roles: ['READONLY'] });
    return [safeMode, profile.id];
  }

  test.each([
    ['MINE', undefined, 'Renamed MINE, mine'],
    ['THEIRS', undefined, 'Renamed THEIRS, hers'],
    ['VALUE', 'Renamed by value', 'Renamed by value'],
  ])('%s decides about the field and leaves the others', async (resolution, value, name) => {
    const [safeMode, id] = await renamedByBoth(`Renamed ${resolution}`);
    await resolvedAndApplied(safeMode, resolution, value);
    expect(await room.live.profile(id)).toMatchObject({ name, roles: ['READONLY', 'USER'] });
  });

  test('THEIRS on the only field of a task takes the task out', async () => {
    const { profile } = await room.live.createProfile('Only field');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Only field, mine' });
    await room.others.updateProfile(profile.id, { name: 'Only field, hers' });
    expect(await resolved(safeMode, 'THEIRS')).toMatchObject({ taskCount: 0, tasks: [], conflicts: [] });
  });

  test('VALUE that is what live has drops the field', async () => {
    const [safeMode, id] = await renamedByBoth('Value of live');
    expect(await resolved(safeMode, 'VALUE', 'Value of live, hers')).toMatchObject({
      tasks: [{ changes: [{ path: '/roles' }] }],
      conflicts: [],
    });
    await room.apply(safeMode);
    expect(await room.live.profile(id)).toMatchObject({ name: 'Value of live, hers' });
  });

  test.each(['MINE', 'THEIRS', 'VALUE'] as const)('%s of one key of a configuration', async (resolution) => {
    const bundle = `org.resolved.${resolution.toLowerCase()}`;
    const { plugin } = await room.live.installPlugin(
      bundle,
      {},
      { configuration: { k: { 'a/b~': 1, other: 1 }, gone: 1 } },
    );
    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, { configuration: { k: { 'a/b~': 2, other: 1 }, gone: 1 } });
    await room.others.configurePlugin(plugin.id, { configuration: { k: { 'a/b~': 3, other: 3 } } });
    expect(await room.conflictOf(safeMode)).toMatchObject({ path: '/configuration/k/a~1b~0' });
    await resolvedAndApplied(safeMode, resolution, resolution === 'VALUE' ? { any: [null] } : undefined);
    const value = { MINE: 2, THEIRS: 3, VALUE: { any: [null] } }[resolution];
    expect(await room.live.plugin(plugin.id)).toMatchObject({
      configuration: { k: { 'a/b~': value, other: 3 } },
    });
  });

  test.each(['MINE', 'THEIRS', 'VALUE'] as const)('%s of an order', async (resolution) => {
    const [a, b, c, d] = (await room.workspaces('a', 'b', 'c', 'd')) as [string, string, string, string];
    const { profile } = await room.live.createProfile(`Order ${resolution}`, { workspaceIds: [a, b, c] });
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { workspaceIds: [b, a, c] });
    await room.others.updateProfile(profile.id, { workspaceIds: [a, c, b, d] });
    const value = resolution === 'VALUE' ? [c, b, d] : undefined;
    await resolvedAndApplied(safeMode, resolution, value);
    const order = { MINE: [b, d, a, c], THEIRS: [a, c, b, d], VALUE: [c, b, d] }[resolution];
    expect((await room.live.profile(profile.id))!.workspaces.map(({ id }) => id)).toEqual(order);
  });

  test.each(['MINE', 'THEIRS', 'VALUE'] as const)(
    '%s of a config key that both have added',
    async (resolution) => {
      const key = `both.${resolution}`;
      const [safeMode, mine] = await room.recording();
      await mine.setConfigKey(key, { value: 'mine', description: 'Mine and hers' });
      await room.others.setConfigKey(key, { value: 'hers', description: 'Mine and hers' });
      const after = await resolved(safeMode, resolution, resolution === 'VALUE' ? 'other' : undefined);
      expect(after).toMatchObject({ conflicts: [], taskCount: resolution === 'THEIRS' ? 0 : 1 });
      await room.apply(safeMode);
      const value = { MINE: 'mine', THEIRS: 'hers', VALUE: 'other' }[resolution];
      expect(await room.live.configKey(key)).toMatchObject({ value, description: 'Mine and hers' });
    },
  );
});

test('DELETE_OF_CHANGED, MINE: it is removed as it is now', async () => {
  const { profile } = await room.live.createProfile('Removed anyway');
  const [safeMode, mine] = await room.recording();
  await mine.deleteProfile(profile.id);
  await room.others.updateProfile(profile.id, { name: 'Removed anyway, hers' });
  await resolvedAndApplied(safeMode, 'MINE');
  expect(await room.live.profile(profile.id)).toBeNull();
});

describe('NAME_TAKEN, VALUE', () => {
  test('another name for what is created', async () => {
    const [safeMode, mine] = await room.recording();
    const { profile } = await mine.createProfile('Taken created', { roles: ['USER'] });
    await room.others.createProfile('taken created');
    await resolvedAndApplied(safeMode, 'VALUE', ' Free created ');
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'Free created', roles: ['USER'] });
  });

  test('another name for what is renamed', async () => {
    const { profile } = await room.live.createProfile('Taken before');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Taken renamed', roles: ['USER'] });
    await room.others.createProfile('Taken renamed');
    await resolvedAndApplied(safeMode, 'VALUE', 'Free renamed');
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'Free renamed', roles: ['USER'] });
  });

  test('a name that is taken as well is a conflict again', async () => {
    const [safeMode, mine] = await room.recording();
    await mine.createProfile('Taken first');
    await room.others.createProfile('Taken first');
    await room.others.createProfile('Taken second');
    const first = await room.conflictOf(safeMode);
    const { conflicts } = await resolved(safeMode, 'VALUE', 'Taken second');
    expect(conflicts).toMatchObject([{ code: 'NAME_TAKEN', mine: 'Taken second' }]);
    expect(conflicts[0]!.id).not.toBe(first.id);
  });
});

test('INVALID, VALUE: another area for an application', async () => {
  const { plugin } = await room.live.installPlugin('org.resolved.area');
  const { workspace } = await room.live.createWorkspace('Area', { layout: 'three-columns' });
  const [safeMode, mine] = await room.recording();
  await mine.updateWorkspace(workspace.id, { applications: [{ pluginId: plugin.id, area: 'left' }] });
  await room.others.updateWorkspace(workspace.id, { layout: 'two-columns' });
  await resolvedAndApplied(safeMode, 'VALUE', 'side');
  expect(await room.live.workspace(workspace.id)).toMatchObject({
    layout: 'two-columns',
    applications: [{ area: 'side' }],
  });
});

test('TARGET_MISSING, RECREATE: it comes back under its id, as it was and as I wanted it', async () => {
  const { plugin } = await room.live.installPlugin('org.recreated', {}, { configuration: { a: 1, b: 1 } });
  const { workspace } = await room.live.createWorkspace('Recreated', {
    applications: [{ pluginId: plugin.id, area: 'main', configuration: { zoom: 2 } }],
  });
  const { profile } = await room.live.createProfile('Recreated', { workspaceIds: [workspace.id] });
  await room.live.setConfigKey('recreated', { value: { a: 1, b: 1 }, description: 'As it was' });
  const before = {
    plugin: (await room.live.plugin(plugin.id))!,
    workspace: (await room.live.workspace(workspace.id))!,
    profile: (await room.live.profile(profile.id))!,
  };
  const [safeMode, mine] = await room.recording();
  await mine.configurePlugin(plugin.id, { configuration: { a: 2, b: 1 } });
  await mine.updateWorkspace(workspace.id, { name: 'Recreated, mine' });
  await mine.updateProfile(profile.id, { roles: ['USER'] });
  await mine.setConfigKey('recreated', { value: { a: 2, b: 1 } });
  await room.others.deleteProfile(profile.id);
  await room.others.deleteWorkspace(workspace.id);
  await room.others.removePlugin(plugin.id);
  await room.others.removeConfigKey('recreated');

  for (;;) {
    const [conflict] = (await room.admin.find(safeMode.id)).conflicts;
    if (!conflict) break;
    expect(conflict).toMatchObject({ code: 'TARGET_MISSING', resolutions: ['RECREATE'] });
    await room.admin.resolve(safeMode.id, conflict.id, 'RECREATE');
  }
  expect((await room.admin.find(safeMode.id)).tasks.map(({ operation }) => operation)).toEqual([
    'CREATE',
    'CREATE',
    'CREATE',
    'CREATE',
  ]);
  await room.apply(safeMode);
  expect(await room.live.plugin(plugin.id)).toEqual({ ...before.plugin, configuration: { a: 2, b: 1 } });
  expect(await room.live.workspace(workspace.id)).toEqual({ ...before.workspace, name: 'Recreated, mine' });
  expect(await room.live.profile(profile.id)).toEqual({
    ...before.profile,
    roles: ['USER'],
    workspaces: [{ id: workspace.id, name: 'Recreated, mine' }],
  });
  expect(await room.live.configKey('recreated')).toMatchObject({
    value: { a: 2, b: 1 },
    description: 'As it was',
  });
});

describe('REFERENCE_MISSING, DETACH', () => {
  test('the workspace goes from the profile, and the rest of the edit stays', async () => {
    const [kept, lost] = (await room.workspaces('Kept', 'Lost')) as [string, string];
    const { profile } = await room.live.createProfile('Detaches');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { workspaceIds: [kept, lost], roles: ['USER'] });
    const { profile: created } = await mine.createProfile('Detaches too', { workspaceIds: [lost, kept] });
    await room.others.deleteWorkspace(lost);
    const { conflicts } = await room.admin.find(safeMode.id);
    expect(conflicts.map(({ code }) => code)).toEqual(['REFERENCE_MISSING', 'REFERENCE_MISSING']);
    await room.admin.resolve(safeMode.id, conflicts[0]!.id, 'DETACH');
    await resolvedAndApplied(safeMode, 'DETACH');
    expect(await room.live.profile(profile.id)).toMatchObject({
      roles: ['USER'],
      workspaces: [{ id: kept }],
    });
    expect(await room.live.profile(created.id)).toMatchObject({ workspaces: [{ id: kept }] });
  });

  test('the application goes from the workspace, the mapping from the plugin', async () => {
    const { plugin } = await room.live.installPlugin('org.detached', {
      exposes: { actions: ['serve'], portals: [] },
    });
    const [safeMode, mine] = await room.recording();
    const { workspace } = await mine.createWorkspace('Detaches', {
      applications: [{ pluginId: plugin.id, area: 'main' }],
    });
    const { plugin: asking } = await mine.installPlugin(
      'org.detached.asking',
      { requires: { actions: ['need'], portals: [] } },
      { mappings: { need: { bundle: 'org.detached', name: 'serve' } } },
    );
    await room.others.removePlugin(plugin.id);
    const { conflicts } = await room.admin.find(safeMode.id);
    expect(conflicts).toHaveLength(2);
    await room.admin.resolve(safeMode.id, conflicts[0]!.id, 'DETACH');
    await resolvedAndApplied(safeMode, 'DETACH');
    expect(await room.live.workspace(workspace.id)).toMatchObject({ applications: [] });
    expect(await room.live.plugin(asking.id)).toMatchObject({ mappings: {} });
  });
});

test('REFERENCE_GAINED, DETACH: every place that uses it now is dropped, and one that comes later is a conflict', async () => {
  const { workspace } = await room.live.createWorkspace('Gained places');
  const [safeMode, mine] = await room.recording();
  await mine.deleteWorkspace(workspace.id);
  const { profile: a } = await room.others.createProfile('Gains a', { workspaceIds: [workspace.id] });
  const { profile: b } = await room.others.createProfile('Gains b', { workspaceIds: [workspace.id] });
  const { conflicts } = await room.admin.find(safeMode.id);
  expect(conflicts.map(({ code }) => code)).toEqual(['REFERENCE_GAINED', 'REFERENCE_GAINED']);
  const after = await room.admin.resolve(safeMode.id, conflicts[0]!.id, 'DETACH');
  expect(after).toMatchObject({
    conflicts: [],
    tasks: [{ summary: 'Remove the workspace “Gained places” and drop 2 references to it' }],
  });

  await room.others.createProfile('Gains late', { workspaceIds: [workspace.id] });
  expect(await room.conflictOf(safeMode)).toMatchObject({ referrers: [{ name: 'Gains late' }] });
  await resolvedAndApplied(safeMode, 'DETACH');
  expect(await room.live.workspace(workspace.id)).toBeNull();
  expect(await room.live.profile(a.id)).toMatchObject({ workspaces: [] });
  expect(await room.live.profile(b.id)).toMatchObject({ workspaces: [] });
});

test('what stood only because of a conflict goes with it', async () => {
  const { profile: old } = await room.live.createProfile('Goes along');
  const [safeMode, mine] = await room.recording();
  await mine.deleteProfile(old.id);
  const { profile } = await mine.createProfile('Goes along');
  await room.others.updateProfile(old.id, { roles: ['USER'] });
  const { conflicts } = await room.admin.find(safeMode.id);
  expect(conflicts.map(({ code, derived }) => [code, derived])).toEqual([
    ['DELETE_OF_CHANGED', false],
    ['NAME_TAKEN', true],
  ]);
  const after = await room.admin.resolve(safeMode.id, conflicts[0]!.id, 'MINE');
  expect(after.conflicts).toEqual([]);
  await room.apply(safeMode);
  expect(await room.live.profile(profile.id)).toMatchObject({ name: 'Goes along' });
});
