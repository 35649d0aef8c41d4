import { setTimeout as pause } from 'node:timers/promises';
import { type SafeModeAnswer } from '../parts/safe-modes';
import { Edits } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** Applying for all: once, at the revision that was reviewed, in whatever order works; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

test('a revision other than the one that was reviewed is refused, and tells the present one', async () => {
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('Reviewed');
  const { revision } = await room.admin.find(safeMode.id);
  await mine.setConfigKey('reviewed', { value: 1 });
  for (const reviewed of [revision, revision + 2, 0, -1, 2 ** 31 - 1]) {
    const refusal = await room.refused(safeMode, () => room.admin.apply(safeMode.id, reviewed));
    expect(refusal.code).toBe('STALE_REVISION');
    expect(refusal.errors[0]!.extensions.revision).toBe(revision + 1);
  }
  await room.admin.rename(safeMode.id, 'Renamed after the review');
  expect(await room.admin.apply(safeMode.id, revision + 1)).toMatchObject({ taskCount: 2 });
});

test('applied again it answers as the first time, and writes nothing', async () => {
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('Once');
  await mine.setConfigKey('once', { value: 1 });
  const first = await room.apply(safeMode);
  expect(first.alreadyApplied).toBe(false);
  await room.live.setConfigKey('once', { value: 2 });
  const revision = await room.revision();
  for (const reviewed of [first.safeMode.revision, first.safeMode.revision - 1, 999]) {
    expect(await room.admin.apply(safeMode.id, reviewed)).toEqual({
      ...first,
      unit: { revision },
      alreadyApplied: true,
    });
  }
  expect(await room.revision()).toBe(revision);
  expect(await room.live.configKey('once')).toMatchObject({ value: 2 });
});

test('applied many times at once it is applied once', async () => {
  const [safeMode, mine] = await room.recording();
  await mine.createProfile('At once');
  const { revision } = await room.admin.find(safeMode.id);
  const before = await room.revision();
  const answers = await Promise.all(Array.from({ length: 8 }, () => room.admin.apply(safeMode.id, revision)));
  expect(answers.map((answer) => answer.__typename)).toEqual(answers.map(() => 'SafeModeApplied'));
  const firsts = answers.filter((answer) => 'alreadyApplied' in answer && !answer.alreadyApplied);
  expect(firsts).toHaveLength(1);
  expect(await room.revision()).toBe(before + 1);
});

test('of two safe modes that change the same, the one that is applied first stands, and the other says so', async () => {
  const { profile } = await room.live.createProfile('Two modes');
  const [first, mine] = await room.recording();
  const second = await room.grace.start();
  await mine.updateProfile(profile.id, { name: 'Two modes, first', roles: ['USER'] });
  const hers = new Edits(room.grace.in(second));
  await hers.updateProfile(profile.id, { name: 'Two modes, second', roles: ['READONLY'] });
  expect(await hers.profile(profile.id)).toMatchObject({ roles: ['READONLY'] });
  await room.apply(first);
  expect((await room.grace.find(second.id)).conflicts).toMatchObject([
    {
      code: 'FIELD_CHANGED',
      path: '/name',
      live: 'Two modes, first',
      resolutions: ['MINE', 'THEIRS', 'VALUE'],
    },
  ]);
  const { id } = await room.conflictOf(second);
  await room.grace.resolve(second.id, id, 'MINE');
  expect(await room.grace.apply(second.id)).toMatchObject({ __typename: 'SafeModeApplied' });
  expect(await room.live.profile(profile.id)).toMatchObject({
    name: 'Two modes, second',
    roles: ['READONLY', 'USER'],
  });
});

describe('the order of writing is found', () => {
  test('for profiles that swap names, and for three that pass theirs on', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      ids.push((await room.live.createProfile(`Swap ${name}`)).profile.id);
    const [safeMode, mine] = await room.recording();
    await mine.updateProfile(ids[0]!, { name: 'Swap parked' });
    await mine.updateProfile(ids[1]!, { name: 'Swap a' });
    await mine.updateProfile(ids[0]!, { name: 'Swap b' });
    await mine.updateProfile(ids[2]!, { name: 'Swap parked' });
    await mine.updateProfile(ids[3]!, { name: 'Swap c' });
    await mine.updateProfile(ids[4]!, { name: 'Swap d' });
    await mine.updateProfile(ids[2]!, { name: 'SWAP E' });
    const preview = await mine.everything();
    await room.apply(safeMode);
    expect(await room.live.everything()).toEqual(preview);
    const names = await Promise.all(ids.map(async (id) => (await room.live.profile(id))!.name));
    expect(names).toEqual(['Swap b', 'Swap a', 'SWAP E', 'Swap c', 'Swap d']);
  });

  test('for what refers to something that is created after it, or removed before it', async () => {
    const { plugin: old } = await room.live.installPlugin('org.order.old');
    const { workspace: leaving } = await room.live.createWorkspace('Order leaving', {
      applications: [{ pluginId: old.id, area: 'main' }],
    });
    const { profile } = await room.live.createProfile('Order', { workspaceIds: [leaving.id] });
    const { workspace: staying } = await room.live.createWorkspace('Order staying', {
      applications: [{ pluginId: old.id, area: 'main' }],
    });

    const [safeMode, mine] = await room.recording();
    const { profile: early } = await mine.createProfile('Order early');
    await mine.updateProfile(profile.id, { name: 'Order renamed' });
    await mine.updateWorkspace(staying.id, { name: 'Order stays' });
    const { workspace } = await mine.createWorkspace('Order new', { profileIds: [early.id, profile.id] });
    const { plugin } = await mine.installPlugin('org.order.new');
    await mine.updateWorkspace(workspace.id, { applications: [{ pluginId: plugin.id, area: 'main' }] });
    await mine.updateWorkspace(staying.id, { applications: [{ pluginId: plugin.id, area: 'main' }] });
    await mine.deleteWorkspace(leaving.id, { detach: true });
    await mine.removePlugin(old.id);
    await mine.createProfile('Order');
    const preview = await mine.everything();
    await room.apply(safeMode);
    expect(await room.live.everything()).toEqual(preview);
  });
});

describe('the file', () => {
  const left = async ({ id }: SafeModeAnswer) =>
    (await room.files.names()).filter((name) => name.includes(id));

  /** Everything that is due is removed at the latest by the sweeper, here sooner. */
  async function removalsOf({ id }: SafeModeAnswer): Promise<string[]> {
    for (let attempt = 0; ; attempt++) {
      const removals = (await room.files.removals()).filter((key) => key.includes(id));
      if (removals.length === 0 || attempt === 100) return removals;
      await pause(20);
    }
  }

  test('is one while the safe mode is open, and gone with all earlier ones once it is applied', async () => {
    const [safeMode, mine] = await room.recording();
    for (let value = 0; value < 5; value++) await mine.setConfigKey('file.applied', { value });
    expect(await left(safeMode)).toContain((await room.files.pointer(safeMode.id)).objectKey);
    await room.apply(safeMode);
    expect(await left(safeMode)).toEqual([]);
    expect(await removalsOf(safeMode)).toEqual([]);
  });

  test('is gone once it is deleted, and once applying found nothing left to write', async () => {
    const [deleted, mine] = await room.recording();
    await mine.setConfigKey('file.deleted', { value: 1 });
    await room.admin.delete(deleted.id);
    const [satisfied, also] = await room.recording();
    await also.setConfigKey('file.satisfied', { value: 1 });
    await room.others.setConfigKey('file.satisfied', { value: 1 });
    await room.apply(satisfied);
    for (const safeMode of [deleted, satisfied]) {
      expect(await left(safeMode)).toEqual([]);
      expect(await removalsOf(safeMode)).toEqual([]);
    }
  });

  test('stays where something stood against applying it', async () => {
    const [safeMode, mine] = await room.recording();
    await mine.createProfile('File stays');
    await room.others.createProfile('File stays');
    const before = await room.files.read(safeMode.id);
    await room.standing(safeMode);
    expect(await room.files.read(safeMode.id)).toEqual(before);
  });
});
