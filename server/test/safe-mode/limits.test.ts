import { type Refused, refusalOf } from '../parts/configuration';
import { Newsroom } from './parts/newsroom';

/** What a safe mode and a unit may hold, with limits that are quickly reached; by API. */
const limits = { SAFE_MODE_MAX_TASKS: '3', SAFE_MODE_MAX_BYTES: '20000', SAFE_MODE_MAX_OPEN: '100' };
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open(limits);
});
afterAll(() => room.close());

const limitOf = ({ code, errors }: Refused) => [code, errors[0]!.extensions.limit];

describe('the number of changes', () => {
  test('is limited: one more is refused, and the file stays as it is and can be used', async () => {
    const { profile } = await room.live.createProfile('Most known');
    const [safeMode, mine] = await room.recording();
    await mine.createProfile('Most 1');
    await mine.createProfile('Most 2');
    await mine.updateProfile(profile.id, { name: 'Most 3' });
    for (const work of [
      () => mine.createProfile('Most 4'),
      () => mine.setConfigKey('most', { value: 4 }),
      () => mine.installPlugin('org.most'),
    ]) {
      const refused = await room.refused(safeMode, work);
      expect(limitOf(refused)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_TASKS']);
      expect(refused.message).toContain('3');
    }
    // What folds into a change that is there needs no room, and what folds away makes some.
    await mine.updateProfile(profile.id, { roles: ['USER'] });
    await mine.updateProfile(profile.id, { name: 'Most known', roles: [] });
    await mine.setConfigKey('most', { value: 3 });
    await room.admin.removeTask(safeMode.id, await room.taskOf(safeMode, 'most'));
    await mine.createProfile('Most 4');
    expect(await room.apply(safeMode)).toMatchObject({ taskCount: 3 });
    expect(await room.live.configKey('most')).toBeNull();
  });

  test('holds for edits of several objects as a whole', async () => {
    const ids: string[] = [];
    for (const name of ['Whole 1', 'Whole 2', 'Whole 3'])
      ids.push((await room.live.createProfile(name)).profile.id);
    const [safeMode, mine] = await room.recording();
    const refused = await room.refused(safeMode, () => mine.createWorkspace('Whole', { profileIds: ids }));
    expect(limitOf(refused)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_TASKS']);
    await mine.createWorkspace('Whole', { profileIds: ids.slice(1) });
    expect((await room.admin.find(safeMode.id)).taskCount).toBe(3);
  });

  test('does not keep an undo from being made, whose changes may be more; from there on they only become less', async () => {
    const { live } = room;
    const { workspace } = await live.createWorkspace('Undone');
    const ids: string[] = [];
    for (const name of ['Undone 1', 'Undone 2', 'Undone 3', 'Undone 4'])
      ids.push((await live.createProfile(name, { workspaceIds: [workspace.id] })).profile.id);
    const before = await live.everything();
    const [safeMode, mine] = await room.recording();
    await mine.deleteWorkspace(workspace.id, { detach: true });
    await room.apply(safeMode);

    const undo = await room.admin.undo(safeMode.id);
    expect(undo).toMatchObject({ taskCount: 5, conflicts: [] });
    const more = await room.refused(undo, () => room.in(undo).setConfigKey('undone', { value: 1 }));
    expect(limitOf(more)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_TASKS']);
    expect(await room.apply(undo)).toMatchObject({ taskCount: 5 });
    expect(await live.everything()).toEqual(before);

    const again = await room.admin.undo(safeMode.id);
    await room.admin.removeTask(again.id, await room.taskOf(again, ids[0]!));
    expect((await room.admin.find(again.id)).taskCount).toBe(4);
    const grown = await room.refused(again, () => room.in(again).setConfigKey('undone', { value: 1 }));
    expect(limitOf(grown)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_TASKS']);
  });
});

test('the size of the file is limited: what would not fit is refused, and the rest goes on', async () => {
  const [safeMode, mine] = await room.recording();
  await mine.setConfigKey('size.small', { value: 'x'.repeat(5000) });
  const refused = await room.refused(safeMode, () =>
    mine.setConfigKey('size.large', { value: 'x'.repeat(20_000) }),
  );
  expect(limitOf(refused)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_BYTES']);
  await mine.setConfigKey('size.large', { value: 'x'.repeat(5000) });
  await mine.setConfigKey('size.small', { value: 1 });
  expect((await room.files.read(safeMode.id)).length).toBeLessThanOrEqual(20_000);
  expect(await room.apply(safeMode)).toMatchObject({ taskCount: 2 });
});

test('an undo may take more room than a file has, and is applied', async () => {
  const { live } = room;
  const { plugin } = await live.installPlugin('org.size.used');
  const applications = [{ pluginId: plugin.id, area: 'main', configuration: { x: 'x'.repeat(9000) } }];
  for (const name of ['Size 1', 'Size 2', 'Size 3']) await live.createWorkspace(name, { applications });
  const before = await live.everything();
  const [safeMode, mine] = await room.recording();
  await mine.removePlugin(plugin.id, { detach: true });
  await room.apply(safeMode);

  const undo = await room.admin.undo(safeMode.id);
  expect((await room.files.read(undo.id)).length).toBeGreaterThan(20_000);
  await room.apply(undo);
  expect(await live.everything()).toEqual(before);
});

describe('the number of open safe modes in a unit', () => {
  let crowded: Newsroom;
  beforeAll(async () => {
    crowded = await Newsroom.open({ SAFE_MODE_MAX_OPEN: '3' });
  });
  afterAll(() => crowded.close());

  test('is limited, also for those who start at once; an end makes room, another unit has its own', async () => {
    const { admin, grace } = crowded;
    const started = await Promise.allSettled([
      ...Array.from({ length: 4 }, () => admin.start()),
      ...Array.from({ length: 4 }, () => grace.start()),
    ]);
    expect(started.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const outcome of started) {
      if (outcome.status === 'rejected')
        expect(limitOf(outcome.reason as Refused)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_OPEN']);
    }
    const open = await admin.list();
    expect(open).toHaveLength(3);
    await crowded.server.app.backups.objectSweeper.sweep();
    expect(await crowded.files.names()).toHaveLength(3);
    await (await crowded.anotherUnit('Elsewhere')).start();

    const { id, relation } = open[0]!;
    await (relation === 'OWNER' ? admin : grace).delete(id);
    const next = await admin.start();
    expect(limitOf(await refusalOf(grace.start()))).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_OPEN']);
    await crowded.in(next).setConfigKey('crowded', { value: 1 });
    await crowded.apply(next);
    expect(await admin.undo(next.id)).toMatchObject({ status: 'OPEN' });
    expect(limitOf(await refusalOf(admin.undo(next.id)))).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_OPEN']);
  });
});

test('a safe mode that a lowered limit finds too large can be made smaller and applied', async () => {
  const before = await Newsroom.open({ SAFE_MODE_MAX_TASKS: '10', SAFE_MODE_MAX_BYTES: '20000' });
  const [safeMode, recording] = await before.recording();
  for (let number = 1; number <= 5; number++)
    await recording.setConfigKey(`lowered.${number}`, { value: 'x'.repeat(500) });
  await before.server.halt();

  const after = await Newsroom.open(
    { SAFE_MODE_MAX_TASKS: '2', SAFE_MODE_MAX_BYTES: '2000' },
    before.server.place,
  );
  try {
    const mine = after.in(safeMode);
    expect((await after.admin.find(safeMode.id)).taskCount).toBe(5);
    const more = await after.refused(safeMode, () => mine.setConfigKey('lowered.6', { value: 1 }));
    expect(limitOf(more)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_TASKS']);
    const larger = await after.refused(safeMode, () =>
      mine.setConfigKey('lowered.1', { value: 'x'.repeat(2000) }),
    );
    expect(limitOf(larger)).toEqual(['LIMIT_REACHED', 'SAFE_MODE_MAX_BYTES']);

    await mine.setConfigKey('lowered.1', { value: 1 });
    await mine.removeConfigKey('lowered.2');
    await after.admin.removeTask(safeMode.id, await after.taskOf(safeMode, 'lowered.3'));
    expect(await after.apply(safeMode)).toMatchObject({ taskCount: 3 });
    expect(await after.live.configKey('lowered.1')).toMatchObject({ value: 1 });
  } finally {
    await after.close();
  }
});
