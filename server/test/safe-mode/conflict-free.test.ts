import { Newsroom } from './parts/newsroom';

/** Live edits that are no conflict; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

describe('no conflict', () => {
  test('where each has changed something else: both stay', async () => {
    const [a, b, c, d] = (await room.workspaces('Merge a', 'Merge b', 'Merge c', 'Merge d')) as [
      string,
      string,
      string,
      string,
    ];
    const { profile } = await room.live.createProfile('Merge', { roles: ['USER'], workspaceIds: [a, b] });
    const { plugin } = await room.live.installPlugin(
      'org.merge',
      { permissions: [{ id: 'p', title: 'P' }] },
      { configuration: { a: 1, b: { c: 1, d: 1 } }, permissions: { p: ['USER'] } },
    );
    const { workspace } = await room.live.createWorkspace('Merge', { layout: 'two-columns' });
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { roles: ['USER', 'READONLY'], workspaceIds: [a, c, b] });
    await mine.configurePlugin(plugin.id, {
      configuration: { a: 2, b: { c: 2, d: 1 } },
      permissions: { p: ['USER', 'READONLY'] },
    });
    await mine.updateWorkspace(workspace.id, { applications: [{ pluginId: plugin.id, area: 'main' }] });
    await room.others.updateProfile(profile.id, {
      name: 'Merged',
      roles: ['POWER_USER', 'USER'],
      workspaceIds: [a, d, b],
    });
    await room.others.configurePlugin(plugin.id, {
      configuration: { a: 1, b: { c: 1, d: 3 }, e: 3 },
      permissions: { p: ['POWER_USER'] },
      enabled: false,
    });
    await room.others.updateWorkspace(workspace.id, {
      name: 'Merged',
      applications: [{ pluginId: plugin.id, area: 'side' }],
    });

    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toMatchObject({
      name: 'Merged',
      roles: ['POWER_USER', 'READONLY', 'USER'],
      workspaces: [{ id: a }, { id: c }, { id: d }, { id: b }],
    });
    expect(await room.live.plugin(plugin.id)).toMatchObject({
      enabled: false,
      configuration: { a: 2, b: { c: 2, d: 3 }, e: 3 },
      permissions: { p: ['POWER_USER', 'READONLY'] },
    });
    const merged = (await room.live.workspace(workspace.id))!;
    expect(merged.name).toBe('Merged');
    expect(merged.applications.map(({ area }) => area)).toEqual(['main', 'side']);
  });

  test('where others add to an area that my layout lacks: it lands in the first one, and that is logged', async () => {
    const { plugin } = await room.live.installPlugin('org.free.layout');
    const { workspace } = await room.live.createWorkspace('Free layout', { layout: 'two-columns' });
    const [safeMode, mine] = await room.recording();
    await mine.updateWorkspace(workspace.id, { layout: 'single' });
    const { workspace: hers } = await room.others.updateWorkspace(workspace.id, {
      applications: [{ pluginId: plugin.id, area: 'side' }],
    });
    const { id } = hers.applications[0]!;
    expect(await mine.workspace(workspace.id)).toMatchObject({ applications: [{ id, area: 'main' }] });
    const applied = await room.apply(safeMode);
    expect(await room.live.workspace(workspace.id)).toMatchObject({
      layout: 'single',
      applications: [{ id, area: 'main' }],
    });
    expect(applied.safeMode.tasks[0]!.changes).toContainEqual({
      path: `/applications/${id}/area`,
      from: 'side',
      to: 'main',
      masked: false,
    });
  });

  test('where what I remove has only lost what is gone itself', async () => {
    const [lost, kept] = (await room.workspaces('Free lost', 'Free kept')) as [string, string];
    const { profile } = await room.live.createProfile('Free removed', { workspaceIds: [lost, kept] });
    const [safeMode, mine] = await room.recording();
    await mine.deleteProfile(profile.id);
    await room.others.deleteWorkspace(lost, { detach: true });
    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toBeNull();
  });

  test('where live is as wanted already: nothing is written for it', async () => {
    const { profile } = await room.live.createProfile('Satisfied');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Satisfied now', roles: ['USER'] });
    await mine.setConfigKey('satisfied', { value: { a: 1, b: 2 } });
    await room.others.updateProfile(profile.id, { name: 'Satisfied now' });
    await room.others.setConfigKey('satisfied', { value: { b: 2, a: 1 } });
    const applied = await room.apply(safeMode);
    expect(applied.safeMode.tasks).toMatchObject([
      { target: { id: profile.id }, changes: [{ path: '/roles', from: [], to: ['USER'] }] },
    ]);
  });

  test('where all of it is as wanted already: it is applied, and the unit stays at its revision', async () => {
    const { profile } = await room.live.createProfile('All satisfied');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { roles: ['USER'] });
    await mine.setConfigKey('all.satisfied', { value: 1 });
    await room.others.updateProfile(profile.id, { roles: ['USER'] });
    await room.others.setConfigKey('all.satisfied', { value: 1 });
    const before = await room.revision();
    const history = () =>
      room.admin.configuration.unit<object>('history(first: 5) { totalCount nodes { id } }');
    const logged = await history();
    expect(await room.apply(safeMode)).toMatchObject({
      taskCount: 2,
      alreadyApplied: false,
      unit: { revision: before },
      safeMode: { status: 'APPLIED', tasks: [] },
    });
    expect(await room.revision()).toBe(before);
    expect(await history()).toEqual(logged);
    expect(await room.admin.list()).not.toContainEqual(expect.objectContaining({ id: safeMode.id }));
  });
});
