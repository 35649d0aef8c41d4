import { type SafeModeAnswer } from '../parts/safe-modes';
import { exportedFile, importFile, planOf, undoImport } from './parts/backups';
import { Edits, manifestOf } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Safe modes of a unit whose whole content an import has replaced; by API. */
let room: Newsroom;
/** Of a unit that has nothing. */
let emptyFile: Awaited<ReturnType<typeof exportedFile>>;
beforeAll(async () => {
  room = await Newsroom.open();
  emptyFile = await exportedFile((await room.anotherUnit('Empty')).configuration);
});
afterAll(() => room.close());

/** Answers any of the conflicts with REMATCH, which is for all of them. */
async function rematched({ id }: SafeModeAnswer): Promise<SafeModeAnswer> {
  const { conflicts } = await room.admin.find(id);
  expect(new Set(conflicts.map(({ code }) => code))).toEqual(new Set(['UNIT_REPLACED']));
  return room.admin.resolve(id, conflicts.at(-1)!.id, 'REMATCH');
}

const unit = () => room.admin.configuration;
/** The file that an export of the unit, as it is now, gives. */
const present = () => exportedFile(unit());

describe('after an import', () => {
  test('every change is in conflict, nothing is previewed, recorded or applied, and REMATCH mends it', async () => {
    const { profile } = await room.live.createProfile('After', { roles: ['USER'] });
    const { workspace } = await room.live.createWorkspace('After');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'After, mine' });
    await mine.deleteWorkspace(workspace.id);
    await mine.setConfigKey('after', { value: 1 });
    await importFile(unit(), await present());
    const live = await room.live.everything();

    const conflicts = await room.standing(safeMode);
    const { tasks } = await room.admin.find(safeMode.id);
    expect(conflicts).toMatchObject(
      tasks.map(({ id }) => ({
        taskId: id,
        code: 'UNIT_REPLACED',
        message: expect.stringContaining('A backup was imported') as string,
        path: '',
        derived: false,
        resolutions: ['REMATCH'],
      })),
    );
    expect(conflicts).toHaveLength(3);
    expect(await mine.everything()).toEqual(live);
    for (const work of [
      () => mine.setConfigKey('after.too', { value: 1 }),
      () => mine.updateProfile(profile.id, { roles: [] }),
      () => mine.deleteProfile(profile.id),
    ]) {
      const refused = await room.refused(safeMode, work);
      expect([refused.code, refused.conflicts[0]!.code]).toEqual(['CONFLICT', 'UNIT_REPLACED']);
    }

    const { revision } = await room.admin.find(safeMode.id);
    const after = await rematched(safeMode);
    expect(after).toMatchObject({ revision: revision + 1, taskCount: 3, conflicts: [] });
    expect(after.tasks.map(({ id, summary }) => [id, summary])).toEqual(
      tasks.map(({ id, summary }) => [id, summary]),
    );
    expect(await mine.profile(profile.id)).toMatchObject({ name: 'After, mine' });
    await mine.setConfigKey('after.too', { value: 1 });
    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'After, mine', roles: ['USER'] });
    expect(await room.live.workspace(workspace.id)).toBeNull();
    expect(await room.live.configKey('after.too')).toMatchObject({ value: 1 });
  });

  test('single changes can still be taken out, and any other answer is refused', async () => {
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('answers.a', { value: 1 });
    await mine.setConfigKey('answers.b', { value: 1 });
    await importFile(unit(), emptyFile);
    const { conflicts } = await room.admin.find(safeMode.id);
    for (const resolution of ['MINE', 'THEIRS', 'VALUE', 'RECREATE', 'DETACH']) {
      const refused = await room.refused(safeMode, () =>
        room.admin.resolve(safeMode.id, conflicts[0]!.id, resolution, 1),
      );
      expect(refused.fields).toMatchObject([{ path: 'input.resolution' }]);
    }
    await room.admin.removeTask(safeMode.id, conflicts[0]!.taskId!);
    const stale = await room.refused(safeMode, () =>
      room.admin.resolve(safeMode.id, conflicts[0]!.id, 'REMATCH'),
    );
    expect(stale.code).toBe('STALE_REVISION');
    expect(await room.admin.resolve(safeMode.id, conflicts[1]!.id, 'REMATCH')).toMatchObject({
      taskCount: 1,
      conflicts: [],
    });
    const done = await room.refused(safeMode, () =>
      room.admin.resolve(safeMode.id, conflicts[1]!.id, 'REMATCH'),
    );
    expect(done.code).toBe('STALE_REVISION');
  });

  test('a safe mode that is still empty goes on as if nothing had been', async () => {
    const [safeMode, mine] = await room.recording();
    await importFile(unit(), emptyFile);
    expect(await room.admin.find(safeMode.id)).toMatchObject({ conflictCount: 0, conflicts: [] });
    await mine.setConfigKey('still.empty', { value: 1 });
    await room.apply(safeMode);
    expect(await room.live.configKey('still.empty')).toMatchObject({ value: 1 });
  });

  test('a form that was loaded before it is refused, also once the changes are matched', async () => {
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('form', { value: 1 });
    const basedOnRevision = await room.revision();
    await importFile(unit(), emptyFile);
    await rematched(safeMode);
    const refused = await room.refused(safeMode, () =>
      mine.setConfigKey('form', { value: 2, basedOnRevision }),
    );
    expect(refused.conflicts).toMatchObject([{ code: 'UNIT_REPLACED' }]);
  });

  test('and once the import is undone, the changes stand as they were recorded', async () => {
    const { profile } = await room.live.createProfile('Undone');
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'Undone, mine' });
    const job = await importFile(unit(), emptyFile);
    expect(await room.standing(safeMode)).toMatchObject([{ code: 'UNIT_REPLACED' }]);
    await undoImport(unit(), job);
    expect((await room.admin.find(safeMode.id)).conflicts).toEqual([]);
    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'Undone, mine' });
  });
});

test('the plan of an import names the open safe modes that it will put into conflict', async () => {
  const elsewhere = await room.anotherUnit('Elsewhere');
  const foreign = await elsewhere.start({ name: 'Of another unit' });
  await new Edits(elsewhere.in(foreign)).setConfigKey('foreign', { value: 1 });
  const [applied, first] = await room.recording();
  await first.setConfigKey('plan.applied', { value: 1 });
  await room.apply(applied);
  await room.recording();
  const [safeMode, mine] = await room.recording();
  await room.admin.rename(safeMode.id, 'Will be in conflict');
  await mine.setConfigKey('plan', { value: 1 });

  const { affectedSafeModes } = await planOf(unit(), emptyFile);
  expect(affectedSafeModes).toContainEqual({ id: safeMode.id, name: 'Will be in conflict', taskCount: 1 });
  const open = (await room.admin.list()).filter(({ taskCount }) => taskCount > 0);
  expect(affectedSafeModes.map(({ id }) => id)).toEqual(open.map(({ id }) => id));
});

describe('REMATCH', () => {
  test('finds what has kept its id, and reads anew what the import has changed', async () => {
    const { profile } = await room.live.createProfile('By id', { roles: ['USER'] });
    const { profile: removed } = await room.live.createProfile('By id, removed');
    await room.live.setConfigKey('by.id', { value: { a: 1, b: 1 } });
    const file = await present();
    await room.live.updateProfile(profile.id, { name: 'By id, later' });
    await room.live.updateProfile(removed.id, { name: 'By id, removed later' });
    await room.live.setConfigKey('by.id', { value: { a: 2, b: 2 } });
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { name: 'By id, mine', roles: ['USER', 'READONLY'] });
    await mine.deleteProfile(removed.id);
    await mine.setConfigKey('by.id', { value: { a: 3, b: 2 } });
    await importFile(unit(), file);

    const after = await rematched(safeMode);
    expect(after.conflicts).toEqual([]);
    expect(after.tasks.map(({ changes }) => changes)).toMatchObject([
      [
        { path: '/name', from: 'By id', to: 'By id, mine' },
        { path: '/roles', from: ['USER'], to: ['READONLY', 'USER'] },
      ],
      expect.arrayContaining([expect.objectContaining({ path: '/name', from: 'By id, removed' })]),
      [{ path: '/value/a', from: 1, to: 3 }],
    ]);
    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'By id, mine' });
    expect(await room.live.profile(removed.id)).toBeNull();
    expect(await room.live.configKey('by.id')).toMatchObject({ value: { a: 3, b: 1 } });
  });

  test('drops what the import has brought already', async () => {
    const { profile } = await room.live.createProfile('Brought', { roles: ['USER'] });
    const file = await present();
    await room.live.updateProfile(profile.id, { roles: [] });
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { roles: ['USER'] });
    await mine.setConfigKey('brought', { value: 1 });
    await importFile(unit(), file);
    expect(await rematched(safeMode)).toMatchObject({ taskCount: 1, tasks: [{ target: { id: 'brought' } }] });
  });

  test('finds by name or bundle what has another id now, as target and wherever it is referred to', async () => {
    const serves = { exposes: { actions: ['serve'], portals: [] } };
    const asks = { requires: { actions: ['need'], portals: [] } };
    const { plugin } = await room.live.installPlugin('org.named', serves, { configuration: { a: 1 } });
    const { workspace } = await room.live.createWorkspace('Named');
    const { workspace: old } = await room.live.createWorkspace('Named, old');
    const { profile } = await room.live.createProfile('Named', { workspaceIds: [old.id] });

    const stage = await room.anotherUnit('Stage');
    const there = new Edits(stage.configuration);
    const { plugin: plugin2 } = await there.installPlugin('ORG.Named', serves, { configuration: { a: 2 } });
    const { workspace: workspace2 } = await there.createWorkspace('named');
    const { workspace: old2 } = await there.createWorkspace('Named, old');
    const { profile: profile2 } = await there.createProfile('NAMED', { workspaceIds: [old2.id] });

    const [safeMode, mine] = await room.recording();
    await mine.configurePlugin(plugin.id, { configuration: { a: 1, b: 1 } });
    await mine.updateWorkspace(workspace.id, { applications: [{ pluginId: plugin.id, area: 'main' }] });
    await mine.deleteWorkspace(old.id, { detach: true });
    await mine.updateProfile(profile.id, { workspaceIds: [workspace.id] });
    const { profile: created } = await mine.createProfile('Named, new', { workspaceIds: [workspace.id] });
    const { plugin: asking } = await mine.installPlugin('org.named.asking', asks, {
      mappings: { need: { bundle: 'org.named', name: 'serve' } },
    });
    await importFile(unit(), await exportedFile(stage.configuration));

    const after = await rematched(safeMode);
    expect(after.conflicts).toEqual([]);
    expect(after.tasks.map(({ target }) => target.id)).toEqual([
      plugin2.id,
      workspace2.id,
      old2.id,
      profile2.id,
      created.id,
      asking.id,
    ]);
    await room.apply(safeMode);
    expect(await room.live.plugin(plugin2.id)).toMatchObject({ configuration: { a: 2, b: 1 } });
    expect(await room.live.workspace(workspace2.id)).toMatchObject({
      applications: [{ plugin: { id: plugin2.id } }],
    });
    expect(await room.live.workspace(old2.id)).toBeNull();
    expect(await room.live.profile(profile2.id)).toMatchObject({ workspaces: [{ id: workspace2.id }] });
    expect(await room.live.profile(created.id)).toMatchObject({ workspaces: [{ id: workspace2.id }] });
    expect(await room.live.plugin(asking.id)).toMatchObject({
      mappings: { need: { bundle: 'ORG.Named', name: 'serve' } },
    });
  });

  test('leaves in conflict what is not found, or is found twice, with the ways out of that', async () => {
    const { profile } = await room.live.createProfile('Lost');
    const { profile: removed } = await room.live.createProfile('Lost, removed');
    const { workspace } = await room.live.createWorkspace('Lost twice');
    const { workspace: shown } = await room.live.createWorkspace('Lost from a profile');
    const { plugin } = await room.live.installPlugin('org.lost');
    const stage = await room.anotherUnit('Stage of others');
    const there = new Edits(stage.configuration);
    await there.createWorkspace('Lost twice');
    await there.createWorkspace('LOST twice');
    await there.createProfile('Lost, taken');

    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(profile.id, { roles: ['USER'] });
    await mine.deleteProfile(removed.id);
    await mine.updateWorkspace(workspace.id, { name: 'Lost once' });
    await mine.createProfile('Lost, new', { workspaceIds: [shown.id] });
    await mine.updatePlugin(plugin.id, manifestOf('org.lost', { version: '2.0.0' }));
    await mine.createProfile('Lost, taken');
    await importFile(unit(), await exportedFile(stage.configuration));

    const after = await rematched(safeMode);
    expect(after.conflicts.map(({ code, resolutions }) => [code, ...resolutions])).toEqual([
      ['TARGET_MISSING', 'RECREATE'],
      ['TARGET_MISSING'],
      ['TARGET_MISSING', 'RECREATE'],
      ['REFERENCE_MISSING', 'DETACH'],
      ['TARGET_MISSING', 'RECREATE'],
      ['NAME_TAKEN', 'VALUE'],
    ]);
    for (;;) {
      const [conflict] = (await room.admin.find(safeMode.id)).conflicts;
      if (!conflict) break;
      const [resolution] = conflict.resolutions;
      if (resolution) await room.admin.resolve(safeMode.id, conflict.id, resolution, 'Lost, free');
      else await room.admin.removeTask(safeMode.id, conflict.taskId!);
    }
    await room.apply(safeMode);
    expect(await room.live.profile(profile.id)).toMatchObject({ name: 'Lost', roles: ['USER'] });
    expect(await room.live.workspace(workspace.id)).toMatchObject({ name: 'Lost once' });
    expect(await room.live.plugin(plugin.id)).toMatchObject({ version: '2.0.0' });
  });

  test('matches again after one more import', async () => {
    const [safeMode, mine] = await room.recording();
    await mine.setConfigKey('once.more', { value: 1 });
    for (let imports = 0; imports < 2; imports++) {
      await importFile(unit(), emptyFile);
      expect(await rematched(safeMode)).toMatchObject({ taskCount: 1, conflicts: [] });
    }
    await room.apply(safeMode);
    expect(await room.live.configKey('once.more')).toMatchObject({ value: 1 });
  });
});
