import { refusalOf } from '../parts/configuration';
import { type RemovalAnswer, type SafeModeAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** Taking single changes out of a safe mode; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** Takes the change of an object out. */
const removal = async (safeMode: SafeModeAnswer, target: string, mode?: string) =>
  room.admin.removeTask(safeMode.id, await room.taskOf(safeMode, target), mode);

/** The objects whose changes are left; fails the test where nothing was taken out. */
function leftBy(answer: RemovalAnswer): string[] {
  if (answer.__typename !== 'SafeModeTaskRemoved') throw new Error(JSON.stringify(answer.dependents));
  expect(answer.safeMode.conflicts).toEqual([]);
  return answer.safeMode.tasks.map(({ target }) => target.id);
}

/** The objects whose changes stand in the way; the file must be as it was. */
async function inTheWay(safeMode: SafeModeAnswer, work: () => Promise<RemovalAnswer>): Promise<string[]> {
  const before = await room.files.pointer(safeMode.id);
  const answer = await work();
  expect(await room.files.pointer(safeMode.id)).toEqual(before);
  if (answer.__typename !== 'SafeModeTaskHasDependents') throw new Error('It was taken out');
  return answer.dependents.map(({ target }) => target.id);
}

/** A plugin, a workspace that shows it and a profile that shows that, each needing the one before. */
async function chain(name: string) {
  const [safeMode, mine] = await room.recording();
  const { plugin } = await mine.installPlugin(`org.chain.${name}`);
  const applications = [{ pluginId: plugin.id, area: 'main' }];
  const { workspace } = await mine.createWorkspace(`Chain ${name}`, { applications });
  const { profile } = await mine.createProfile(`Chain ${name}`, { workspaceIds: [workspace.id] });
  await mine.setConfigKey(`chain.${name}`, { value: 1 });
  const ids = { plugin: plugin.id, workspace: workspace.id, profile: profile.id, key: `chain.${name}` };
  return { safeMode, mine, ...ids };
}

test('a change that none needs is taken out in every mode, and shows no more', async () => {
  for (const mode of ['REFUSE', 'CASCADE', 'DETACH']) {
    const { safeMode, mine, plugin, workspace, profile, key } = await chain(`free-${mode.toLowerCase()}`);
    const id = await room.taskOf(safeMode, key);
    const { revision } = await room.admin.find(safeMode.id);
    const answer = await room.admin.removeTask(safeMode.id, id, mode);
    expect(answer).toMatchObject({
      removedTaskIds: [id],
      safeMode: { revision: revision + 1, taskCount: 3 },
    });
    expect(leftBy(answer)).toEqual([plugin, workspace, profile]);
    expect(await mine.configKey(key)).toBeNull();
  }
});

test('REFUSE names every change that needs it, directly or through another one, and takes nothing out', async () => {
  const { safeMode, plugin, workspace, profile } = await chain('refuse');
  expect(await inTheWay(safeMode, () => removal(safeMode, plugin))).toEqual([workspace, profile]);
  expect(await inTheWay(safeMode, () => removal(safeMode, workspace, 'REFUSE'))).toEqual([profile]);
  expect(leftBy(await removal(safeMode, profile))).toHaveLength(3);
  expect(leftBy(await removal(safeMode, workspace))).toEqual([plugin, 'chain.refuse']);
});

test('CASCADE takes them out too', async () => {
  const { safeMode, mine, plugin, workspace, profile, key } = await chain('cascade');
  const ids = [];
  for (const target of [plugin, workspace, profile]) ids.push(await room.taskOf(safeMode, target));
  const answer = await removal(safeMode, plugin, 'CASCADE');
  expect(answer).toMatchObject({ removedTaskIds: ids });
  expect(leftBy(answer)).toEqual([key]);
  expect(await mine.workspace(workspace)).toBeNull();
  expect(await room.apply(safeMode)).toMatchObject({ taskCount: 1 });
});

test('DETACH keeps them, without their reference to it', async () => {
  const { safeMode, plugin, workspace, profile, key } = await chain('detach');
  expect(leftBy(await removal(safeMode, plugin, 'DETACH'))).toEqual([workspace, profile, key]);
  await room.apply(safeMode);
  expect(await room.live.workspace(workspace)).toMatchObject({ applications: [] });
  expect(await room.live.profile(profile)).toMatchObject({ workspaces: [{ id: workspace }] });
});

test('DETACH looks only at what needs the change itself: a name is free again once that is settled', async () => {
  const { profile } = await room.live.createProfile('Settled');
  const [safeMode, mine] = await room.recording();
  const { workspace } = await mine.createWorkspace('Settled');
  await mine.updateProfile(profile.id, { name: 'Settled, moved', workspaceIds: [workspace.id] });
  const { profile: other } = await mine.createProfile('Settled');
  expect(await inTheWay(safeMode, () => removal(safeMode, workspace.id))).toEqual([profile.id, other.id]);
  expect(leftBy(await removal(safeMode, workspace.id, 'DETACH'))).toEqual([profile.id, other.id]);
});

test('DETACH takes out a change that was nothing but the reference', async () => {
  const { profile } = await room.live.createProfile('Nothing else');
  const [safeMode, mine] = await room.recording();
  const { workspace } = await mine.createWorkspace('Nothing else', { profileIds: [profile.id] });
  const ids = [await room.taskOf(safeMode, workspace.id), await room.taskOf(safeMode, profile.id)];
  const answer = await removal(safeMode, workspace.id, 'DETACH');
  expect(leftBy(answer)).toEqual([]);
  if (answer.__typename === 'SafeModeTaskRemoved')
    expect([...answer.removedTaskIds].sort()).toEqual(ids.sort());
});

test('a change that drops a reference can go: the removal then drops it itself', async () => {
  const { workspace } = await room.live.createWorkspace('Dropped');
  const { profile } = await room.live.createProfile('Drops', { workspaceIds: [workspace.id] });
  const [safeMode, mine] = await room.recording();
  await mine.updateProfile(profile.id, { workspaceIds: [] });
  await mine.deleteWorkspace(workspace.id);
  expect(await inTheWay(safeMode, () => removal(safeMode, profile.id))).toEqual([workspace.id]);
  const answer = await removal(safeMode, profile.id, 'DETACH');
  expect(leftBy(answer)).toEqual([workspace.id]);
  expect(answer.safeMode.tasks).toMatchObject([
    { summary: 'Remove the workspace “Dropped” and drop 1 reference to it' },
  ]);
  await room.apply(safeMode);
  expect(await room.live.profile(profile.id)).toMatchObject({ workspaces: [] });
});

test('DETACH cannot help where a name is what the other one needs: it names it, and takes nothing out', async () => {
  const { profile: old } = await room.live.createProfile('Needed name');
  const [safeMode, mine] = await room.recording();
  await mine.updateProfile(old.id, { name: 'Needed name, moved' });
  const { profile } = await mine.createProfile('Needed name');
  for (const mode of ['REFUSE', 'DETACH']) {
    expect(await inTheWay(safeMode, () => removal(safeMode, old.id, mode))).toEqual([profile.id]);
  }
  expect(leftBy(await removal(safeMode, old.id, 'CASCADE'))).toEqual([]);
});

test('taking out a removal does not bring back the edits that it swallowed', async () => {
  const { profile } = await room.live.createProfile('Swallowed');
  const [safeMode, mine] = await room.recording();
  await mine.updateProfile(profile.id, { roles: ['USER'] });
  await mine.deleteProfile(profile.id);
  expect(leftBy(await removal(safeMode, profile.id))).toEqual([]);
  expect(await mine.profile(profile.id)).toMatchObject({ roles: [] });
});

test('a workspace whose removal is taken out is back in the profile that was reordered meanwhile', async () => {
  const { workspace: x } = await room.live.createWorkspace('Back x');
  const { workspace: w } = await room.live.createWorkspace('Back w');
  const { workspace: v } = await room.live.createWorkspace('Back v');
  const { profile } = await room.live.createProfile('Back', { workspaceIds: [x.id, w.id] });
  const [safeMode, mine] = await room.recording();
  await mine.deleteWorkspace(x.id, { detach: true });
  await mine.updateProfile(profile.id, { workspaceIds: [v.id, w.id] });
  expect(leftBy(await removal(safeMode, x.id))).toEqual([profile.id]);
  expect((await mine.profile(profile.id))!.workspaces.map(({ id }) => id)).toEqual([v.id, x.id, w.id]);
});

test('a change that is in conflict goes, and those that stood only because of it stand no more', async () => {
  const { profile: old } = await room.live.createProfile('In conflict');
  const [safeMode, mine] = await room.recording();
  await mine.updateProfile(old.id, { name: 'In conflict, mine' });
  await mine.setConfigKey('in.conflict', { value: 1 });
  await room.others.updateProfile(old.id, { name: 'In conflict, hers' });
  expect(leftBy(await removal(safeMode, old.id))).toEqual(['in.conflict']);
});

test('every change can be taken out, one after the other, until none is left', async () => {
  const { safeMode, plugin } = await chain('all');
  for (;;) {
    const { tasks } = await room.admin.find(safeMode.id);
    if (tasks.length === 0) break;
    leftBy(await room.admin.removeTask(safeMode.id, tasks.at(-1)!.id));
  }
  expect(await room.live.plugin(plugin)).toBeNull();
  const revision = await room.revision();
  expect(await room.apply(safeMode)).toMatchObject({ taskCount: 0, unit: { revision } });
});

test('a change that the safe mode does not have is refused, and the file stays as it is', async () => {
  const { safeMode, key } = await chain('unknown');
  const { safeMode: other, key: foreign } = await chain('foreign');
  const known = await room.taskOf(safeMode, key);
  await room.admin.removeTask(safeMode.id, known);
  const before = await room.files.pointer(safeMode.id);
  for (const id of ['', 'nothing', known, await room.taskOf(other, foreign)]) {
    expect((await refusalOf(room.admin.removeTask(safeMode.id, id))).code).toBe('NOT_FOUND');
  }
  expect((await refusalOf(room.admin.removeTask('nothing', known))).code).toBe('NOT_FOUND');
  expect(await room.files.pointer(safeMode.id)).toEqual(before);
});
