import { refusalOf } from '../parts/configuration';
import { exportedFile, importFile } from './parts/backups';
import { type Edits, manifestOf } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Undo of what was applied, and of undoing; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** Records, applies, and answers the id of what was applied. */
async function applied(record: (mine: Edits) => Promise<unknown>): Promise<string> {
  const [safeMode, mine] = await room.recording();
  await record(mine);
  await room.apply(safeMode);
  return safeMode.id;
}

const serving = { exposes: { actions: ['serve'], portals: [] } };
const asking = {
  requires: { actions: ['need'], portals: [] },
  permissions: [{ id: 'see', title: 'See' }],
  secretKeys: ['token'],
};

test('undo, and undo of the undo, restore everything exactly: ids, names, order, places, secrets', async () => {
  const { live } = room;
  const { plugin: served } = await live.installPlugin('org.undo.served', serving);
  const { plugin } = await live.installPlugin('org.undo.asking', asking, {
    configuration: { token: 'secret before', a: { b: 1, c: [1, 2] }, n: null },
    permissions: { see: ['USER'] },
    mappings: { need: { bundle: 'org.undo.served', name: 'serve' } },
  });
  const [w1, w2] = (await room.workspaces('Undo 1', 'Undo 2')) as [string, string];
  const { workspace } = await live.createWorkspace('Undo areas', {
    layout: 'three-columns',
    icon: { initials: 'UA', colour: '#112233' },
    applications: [
      { pluginId: served.id, area: 'left', position: 5, configuration: { zoom: 1 } },
      { pluginId: plugin.id, area: 'left', position: 5 },
      { pluginId: served.id, area: 'right', position: -3 },
    ],
  });
  const { profile: a } = await live.createProfile('Undo a', { workspaceIds: [w2, workspace.id, w1] });
  const { profile: b } = await live.createProfile('Undo b', { roles: ['USER'] });
  await live.setConfigKey('undo.secret', { value: 'hidden before', secret: true, description: 'Kept' });
  await live.setConfigKey('undo.gone', { value: { x: [1, { y: null }] }, description: 'Goes' });
  const before = await live.everything();

  const id = await applied(async (mine) => {
    await mine.updatePlugin(
      plugin.id,
      manifestOf('org.undo.asking', { version: '2.0.0', secretKeys: ['token'] }),
    );
    await mine.configurePlugin(plugin.id, {
      configuration: { token: 'secret after', a: { b: 2 }, d: 1 },
      enabled: false,
    });
    await mine.removePlugin(served.id, { detach: true });
    await mine.updateWorkspace(workspace.id, { layout: 'single', name: 'Undo one area', icon: null });
    await mine.deleteWorkspace(w1, { detach: true });
    await mine.updateProfile(a.id, { name: 'Undo parked', roles: ['READONLY'] });
    await mine.updateProfile(b.id, { name: 'Undo a', workspaceIds: [w2] });
    await mine.updateProfile(a.id, { name: 'Undo b' });
    await mine.createWorkspace('Undo new', { profileIds: [a.id] });
    await mine.createProfile('Undo new', { workspaceIds: [w2] });
    await mine.installPlugin('org.undo.new', serving);
    await mine.setConfigKey('undo.secret', { value: 'hidden after' });
    await mine.removeConfigKey('undo.gone');
    await mine.setConfigKey('undo.new', { value: 1 });
  });
  const after = await live.everything();
  expect(after).not.toEqual(before);

  const undo = await room.admin.undo(id);
  expect(undo).toMatchObject({ status: 'OPEN', relation: 'OWNER', conflicts: [] });
  expect(await room.in(undo).everything()).toEqual(before);
  await room.apply(undo);
  expect(await live.everything()).toEqual(before);

  const redo = await room.admin.undo(undo.id);
  await room.apply(redo);
  expect(await live.everything()).toEqual(after);
  await room.apply(await room.admin.undo(redo.id));
  expect(await live.everything()).toEqual(before);
});

test('what others have changed since is a conflict and is not overwritten; what they left alone goes back', async () => {
  const { live, others } = room;
  const { profile } = await live.createProfile('Over before');
  const { profile: deleted } = await live.createProfile('Over deleted');
  await live.setConfigKey('over', { value: 1 });
  let created = '';
  let used = '';
  const id = await applied(async (mine) => {
    await mine.updateProfile(profile.id, { name: 'Over after', roles: ['USER'] });
    await mine.deleteProfile(deleted.id);
    created = (await mine.createProfile('Over created')).profile.id;
    used = (await mine.createWorkspace('Over used')).workspace.id;
    await mine.setConfigKey('over', { value: 2 });
    await mine.setConfigKey('over.gone', { value: 2 });
  });
  await others.updateProfile(profile.id, { name: 'Over hers', workspaceIds: [used] });
  await others.createProfile('Over deleted');
  await others.updateProfile(created, { roles: ['READONLY'] });
  await others.removeConfigKey('over.gone');

  const undo = await room.admin.undo(id);
  const codes = (await room.standing(undo)).map(({ code, path }) => [code, path]).sort();
  expect(codes).toEqual([
    ['DELETE_OF_CHANGED', ''],
    ['FIELD_CHANGED', '/name'],
    ['NAME_TAKEN', '/name'],
    ['REFERENCE_GAINED', ''],
    ['TARGET_MISSING', ''],
  ]);
  for (const { code, taskId, id: conflictId } of (await room.admin.find(undo.id)).conflicts) {
    if (code === 'FIELD_CHANGED') await room.admin.resolve(undo.id, conflictId, 'THEIRS');
    else await room.admin.removeTask(undo.id, taskId!);
  }
  await room.apply(undo);
  expect(await live.profile(profile.id)).toMatchObject({
    name: 'Over hers',
    roles: [],
    workspaces: [{ id: used }],
  });
  expect(await live.configKey('over')).toMatchObject({ value: 1 });
  expect(await live.profile(created)).toMatchObject({ roles: ['READONLY'] });
});

test('undone twice: what is back already is nothing to do, unless somebody has changed it', async () => {
  const { profile } = await room.live.createProfile('Twice');
  const { profile: changed } = await room.live.createProfile('Twice changed');
  const id = await applied(async (mine) => {
    await mine.deleteProfile(profile.id);
    await mine.deleteProfile(changed.id);
  });
  const first = await room.admin.undo(id);
  const second = await room.admin.undo(id);
  await room.apply(first);
  await room.others.updateProfile(changed.id, { roles: ['USER'] });
  expect(await room.standing(second)).toMatchObject([
    { code: 'FIELD_CHANGED', path: '/roles', base: null, mine: [], live: ['USER'] },
  ]);
  const { id: conflict } = await room.conflictOf(second);
  expect(await room.admin.resolve(second.id, conflict, 'THEIRS')).toMatchObject({ conflicts: [] });
  const revision = await room.revision();
  expect(await room.apply(second)).toMatchObject({ unit: { revision } });
});

test('it belongs to the admin who undoes, and says what it undoes', async () => {
  const [safeMode, mine] = await room.recording();
  await room.admin.rename(safeMode.id, 'x'.repeat(120));
  await mine.createProfile('Belongs');
  await room.apply(safeMode);
  const undo = await room.grace.undo(safeMode.id);
  expect(undo).toMatchObject({ relation: 'OWNER', name: `Undo of ${'x'.repeat(111)}…` });
  expect((await room.admin.find(undo.id)).relation).toBe('PREVIEW');
  expect(await room.grace.apply(undo.id)).toMatchObject({ __typename: 'SafeModeApplied' });
});

test('only what was applied, and has changed something, can be undone', async () => {
  const [open, mine] = await room.recording();
  await mine.setConfigKey('undoable', { value: 1 });
  const [discarded] = await room.recording();
  await room.admin.delete(discarded.id);
  const [empty] = await room.recording();
  await room.apply(empty);
  const listed = await room.admin.list();
  for (const { id } of [open, discarded, empty]) {
    expect((await refusalOf(room.admin.undo(id))).code).toBe('NOT_UNDOABLE');
  }
  expect((await refusalOf(room.admin.undo('nothing'))).code).toBe('NOT_FOUND');
  expect(await room.admin.list()).toEqual(listed);
});

test('after an import it must be matched first, and then takes back what is left of it', async () => {
  const { profile } = await room.live.createProfile('Imported over');
  const id = await applied((mine) => mine.updateProfile(profile.id, { roles: ['USER'] }));
  await importFile(room.admin.configuration, await exportedFile(room.admin.configuration));
  const undo = await room.admin.undo(id);
  const conflict = await room.conflictOf(undo);
  expect(conflict).toMatchObject({ code: 'UNIT_REPLACED', resolutions: ['REMATCH'] });
  await room.standing(undo);
  expect(await room.admin.resolve(undo.id, conflict.id, 'REMATCH')).toMatchObject({ conflicts: [] });
  await room.apply(undo);
  expect(await room.live.profile(profile.id)).toMatchObject({ roles: [] });
});
