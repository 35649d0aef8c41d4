import { type SafeModeAnswer } from '../parts/safe-modes';
import { Newsroom } from './parts/newsroom';

/** Conflicts answered with values that do not belong there: GraphQL knows them as JSON only. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open();
});
afterAll(() => room.close());

/** The refusal of a value, after which everything is as it was, and can still be shown. */
async function refusedValue(safeMode: SafeModeAnswer, value: unknown) {
  const conflict = await room.conflictOf(safeMode);
  const refusal = await room.refused(safeMode, () =>
    room.admin.resolve(safeMode.id, conflict.id, 'VALUE', value),
  );
  expect(await room.conflictOf(safeMode)).toEqual(conflict);
  expect(await room.admin.list()).toContainEqual(await room.admin.find(safeMode.id));
  return refusal;
}

test.each([
  [[{}], 'input.value.0'],
  [[['a']], 'input.value.0'],
  [[null], 'input.value.0'],
  [[5], 'input.value.0'],
  [5, 'input.value'],
  [{ id: 1 }, 'input.value'],
  ['text', 'input.value'],
  [null, 'input.value'],
])('an order of workspaces is not %j', async (value, path) => {
  const [a, b, c] = (await room.workspaces('a', 'b', 'c')) as [string, string, string];
  const name = `Order ${JSON.stringify(value)}`;
  const { profile } = await room.live.createProfile(name, { workspaceIds: [a, b, c] });
  const [safeMode, mine] = await room.recording();
  await mine.updateProfile(profile.id, { workspaceIds: [b, a, c] });
  await room.others.updateProfile(profile.id, { workspaceIds: [a, c, b] });
  const { code, fields } = await refusedValue(safeMode, value);
  expect([code, fields.map((field) => field.path)]).toEqual(['BAD_USER_INPUT', [path]]);
  await room.admin.delete(safeMode.id);
});

test.each([[{}], [['x']], [5], [true], [''], ['x'.repeat(500)], ['\u0000']])(
  'a name is not %j',
  async (value) => {
    const name = `Name ${JSON.stringify(value).slice(0, 20)}`;
    const [safeMode, mine] = await room.recording();
    const { profile } = await mine.createProfile(name);
    await room.others.createProfile(name);
    const { code, fields } = await refusedValue(safeMode, value);
    expect(code).toBe('BAD_USER_INPUT');
    expect(new Set(fields.map((field) => field.path))).toEqual(new Set(['input.value']));
    expect(await mine.profile(profile.id)).toMatchObject({ name });
    await room.admin.delete(safeMode.id);
  },
);

test('a value that stands in the way already may be given again', async () => {
  const { plugin } = await room.live.installPlugin('org.same.area');
  const { workspace } = await room.live.createWorkspace('Same area', { layout: 'three-columns' });
  const [safeMode, mine] = await room.recording();
  await mine.updateWorkspace(workspace.id, { applications: [{ pluginId: plugin.id, area: 'left' }] });
  await room.others.updateWorkspace(workspace.id, { layout: 'two-columns' });
  const { id, mine: area } = await room.conflictOf(safeMode);
  expect((await room.admin.resolve(safeMode.id, id, 'VALUE', area)).conflicts).toMatchObject([
    { code: 'INVALID', mine: 'left' },
  ]);
});
