import { type SafeModeAnswer, type TaskAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** How edits fold to one change for each object; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

const tasksOf = async ({ id }: SafeModeAnswer): Promise<TaskAnswer[]> => (await room.admin.find(id)).tasks;

describe('folding: at most one task for each object', () => {
  test('an update to what is live already is nothing', async () => {
    const { profile } = await room.live.createProfile('Fold same', { roles: ['USER', 'READONLY'] });
    await room.live.setConfigKey('fold.same', { value: { a: 1, b: 2 } });
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: ' Fold same', roles: ['READONLY', 'USER'] });
    await mine.setConfigKey('fold.same', { value: { b: 2, a: 1 } });
    expect(await tasksOf(safeMode)).toEqual([]);
  });

  test('an update of what the file creates is part of the create', async () => {
    const [safeMode, mine] = await room.recording();
    const { profile } = await mine.createProfile('Fold created', { roles: ['USER'] });
    const { profile: updated } = await mine.updateProfile(profile.id, { name: 'Fold merged' });
    expect(updated).toMatchObject({ id: profile.id, name: 'Fold merged', roles: ['USER'] });
    expect(await tasksOf(safeMode)).toMatchObject([
      { operation: 'CREATE', summary: 'Create the profile “Fold merged”', target: { id: profile.id } },
    ]);
  });

  test('a create and a delete leave nothing', async () => {
    const [safeMode, mine] = await room.recording();
    const { plugin } = await mine.installPlugin('org.fold.gone');
    const { workspace } = await mine.createWorkspace('Fold gone');
    const { profile } = await mine.createProfile('Fold gone');
    await mine.setConfigKey('fold.gone', { value: 1 });
    await mine.removePlugin(plugin.id);
    await mine.deleteWorkspace(workspace.id);
    await mine.deleteProfile(profile.id);
    expect(await mine.removeConfigKey('fold.gone')).toMatchObject({ safeMode: { taskCount: 0 } });
    expect(await tasksOf(safeMode)).toEqual([]);
  });

  test('a to b and b to c is a to c; a to b and b to a drops the field, and the task once it is empty', async () => {
    const { profile } = await room.live.createProfile('Fold a');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Fold b', roles: ['USER'] });
    await mine.updateProfile(profile.id, { name: 'Fold c' });
    const [first] = await tasksOf(safeMode);
    expect(first!.changes).toEqual([
      { path: '/name', from: 'Fold a', to: 'Fold c', masked: false },
      { path: '/roles', from: [], to: ['USER'], masked: false },
    ]);
    await mine.updateProfile(profile.id, { name: 'Fold a' });
    expect(await tasksOf(safeMode)).toMatchObject([{ id: first!.id, changes: [{ path: '/roles' }] }]);
    await mine.updateProfile(profile.id, { roles: [] });
    expect(await tasksOf(safeMode)).toEqual([]);
  });

  test('keys of a configuration fold one by one, as do members of a set and the order of a list', async () => {
    const { plugin } = await room.live.installPlugin(
      'org.fold.keys',
      { permissions: [{ id: 'p', title: 'P' }] },
      { configuration: { a: 1, inner: { x: 1 } }, permissions: { p: ['USER'] } },
    );
    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, {
      configuration: { a: 2, inner: { x: 1, y: 2 } },
      permissions: { p: ['USER', 'READONLY'] },
    });
    await mine.configurePlugin(plugin.id, {
      configuration: { a: 1, inner: { x: 1, y: 3 } },
      permissions: { p: ['READONLY'] },
    });
    expect((await tasksOf(safeMode))[0]!.changes).toEqual([
      { path: '/configuration/inner/y', from: null, to: 3, masked: false },
      { path: '/permissions/p', from: ['USER'], to: ['READONLY'], masked: false },
    ]);
  });

  test('an update and then a delete is the delete of what is live', async () => {
    const { plugin } = await room.live.installPlugin('org.fold.delete');
    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, { enabled: false });
    await room.others.configurePlugin(plugin.id, { configuration: { later: true } });
    await mine.removePlugin(plugin.id);
    const [task] = await tasksOf(safeMode);
    expect(task).toMatchObject({ operation: 'DELETE', conflicts: [] });
    expect(task!.changes).toEqual(
      expect.arrayContaining([
        { path: '/enabled', from: true, to: null, masked: false },
        { path: '/configuration', from: { later: true }, to: null, masked: false },
      ]),
    );
    await room.apply(safeMode);
    expect(await room.live.plugin(plugin.id)).toBeNull();
  });

  test('a delete and a create of the same name are two tasks, which apply in the right order', async () => {
    const { profile: old } = await room.live.createProfile('Fold again');
    const { plugin: oldPlugin } = await room.live.installPlugin('org.fold.again');
    const [safeMode, mine] = await room.recording();
    await mine.deleteProfile(old.id);
    await mine.removePlugin(oldPlugin.id);
    const { profile } = await mine.createProfile('FOLD again');
    const { plugin } = await mine.installPlugin('org.fold.again', { version: '3.0.0' });
    expect((await tasksOf(safeMode)).map(({ operation }) => operation)).toEqual([
      'DELETE',
      'DELETE',
      'CREATE',
      'CREATE',
    ]);
    await room.apply(safeMode);
    expect(await room.live.profile(old.id)).toBeNull();
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'FOLD again' });
    expect(await room.live.plugin(oldPlugin.id)).toBeNull();
    expect(await room.live.plugin(plugin.id)).toMatchObject({ version: '3.0.0' });
  });

  test('a config key that is removed and set again is an update of it, or nothing', async () => {
    await room.live.setConfigKey('fold.key', { value: 1, description: 'As it was' });
    const [safeMode, mine] = await room.recording();
    await mine.removeConfigKey('fold.key');
    await mine.setConfigKey('fold.key', { value: 2 });
    expect(await tasksOf(safeMode)).toMatchObject([
      {
        operation: 'UPDATE',
        changes: [
          { path: '/value', from: 1, to: 2 },
          { path: '/description', from: 'As it was', to: null },
        ],
      },
    ]);
    await mine.setConfigKey('fold.key', { value: 1, description: 'As it was' });
    expect(await tasksOf(safeMode)).toEqual([]);
  });
});

describe('edits of several objects', () => {
  test('the profiles of a workspace are edits of those profiles', async () => {
    const { profile: a } = await room.live.createProfile('Several a');
    const { profile: b } = await room.live.createProfile('Several b');
    const [safeMode, mine] = await room.recording();
    const { workspace } = await mine.createWorkspace('Several', { profileIds: [a.id] });
    expect(workspace.profiles).toEqual([{ id: a.id, name: 'Several a' }]);
    expect(await tasksOf(safeMode)).toMatchObject([
      { operation: 'CREATE', target: { id: workspace.id } },
      { operation: 'UPDATE', target: { id: a.id }, changes: [{ path: '/workspaces', to: [workspace.id] }] },
    ]);

    const { workspace: moved } = await mine.updateWorkspace(workspace.id, { profileIds: [b.id] });
    expect(moved.profiles).toEqual([{ id: b.id, name: 'Several b' }]);
    expect(await tasksOf(safeMode)).toMatchObject([
      { target: { id: workspace.id } },
      { target: { id: b.id }, changes: [{ path: '/workspaces', to: [workspace.id] }] },
    ]);
    expect((await room.live.profile(b.id))!.workspaces).toEqual([]);
    await room.apply(safeMode);
    expect((await room.live.profile(b.id))!.workspaces).toEqual([{ id: workspace.id, name: 'Several' }]);
    expect((await room.live.profile(a.id))!.workspaces).toEqual([]);
  });

  test('a removal that drops the references to its target is one task', async () => {
    const { plugin: serving } = await room.live.installPlugin('org.several.serving', {
      exposes: { actions: ['serve'], portals: [] },
    });
    const { plugin: asking } = await room.live.installPlugin(
      'org.several.asking',
      { requires: { actions: ['need'], portals: [] } },
      { mappings: { need: { bundle: 'org.several.serving', name: 'serve' } } },
    );
    const applications = [{ pluginId: serving.id, area: 'main' }];
    const { workspace } = await room.live.createWorkspace('Several uses', { applications });

    const [safeMode, mine] = await room.recording();
    const refused = await room.refused(safeMode, () => mine.removePlugin(serving.id));
    expect(refused.conflicts).toMatchObject([
      {
        code: 'IN_USE',
        referrers: expect.arrayContaining([
          { type: 'PLUGIN', id: asking.id, name: 'org.several.asking' },
          { type: 'WORKSPACE', id: workspace.id, name: 'Several uses' },
        ]) as object[],
      },
    ]);
    await mine.removePlugin(serving.id, { detach: true });
    expect(await tasksOf(safeMode)).toMatchObject([
      { summary: 'Remove the plugin “org.several.serving” and drop 2 references to it' },
    ]);
    expect(await mine.plugin(asking.id)).toMatchObject({ mappings: {} });
    expect(await mine.workspace(workspace.id)).toMatchObject({ applications: [] });
    expect(await room.live.workspace(workspace.id)).toMatchObject({
      applications: [{ plugin: { id: serving.id } }],
    });
    await room.apply(safeMode);
    expect(await room.live.plugin(asking.id)).toMatchObject({ mappings: {} });
    expect(await room.live.workspace(workspace.id)).toMatchObject({ applications: [] });
  });

  test('a new layout moves the applications of vanished areas', async () => {
    const { plugin } = await room.live.installPlugin('org.several.layout');
    const { workspace } = await room.live.createWorkspace('Several areas', {
      layout: 'two-columns',
      applications: [{ pluginId: plugin.id, area: 'side' }],
    });
    const [safeMode, mine] = await room.recording();
    const { workspace: single } = await mine.updateWorkspace(workspace.id, { layout: 'single' });
    const [application] = workspace.applications;
    expect(single.applications).toMatchObject([{ id: application!.id, area: 'main' }]);
    expect((await tasksOf(safeMode))[0]!.changes).toEqual([
      { path: '/layout', from: 'two-columns', to: 'single', masked: false },
      { path: `/applications/${application!.id}/area`, from: 'side', to: 'main', masked: false },
    ]);
  });
});
