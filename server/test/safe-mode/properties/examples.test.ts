import { type ConflictView } from '../../../src/change/presentation/conflict.presenter';
import { expectReached, tellReached } from '../../../src/change/core/testing/reached';
import { beginning } from '../../../src/change/core/testing/run';
import { remove, update } from '../../../src/change/core/testing/builders';
import { withOtherIds } from './import';
import { Newsroom } from './newsroom';
import { type SituationName, situationNames, situations, type Situation } from './situations';
import { removeFrom, resolveAll, resolveIn } from './task-steps';
import { Twins } from './twins';

/** What random runs may miss is reached here for certain. */
let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await Newsroom.open();
});
afterAll(async () => {
  await newsroom.close();
  tellReached('Examples');
});

/** Bob's safe mode, and what others did since. */
async function met(name: SituationName): Promise<{ twins: Twins; conflicts: ConflictView[] }> {
  const twins = await Twins.begin(newsroom);
  await twins.meet(situations[name]);
  await twins.agree();
  const { id } = await twins.safeMode('bob');
  return { twins, conflicts: await twins.unit.conflicts('bob', id) };
}

describe.each(situationNames)('%s', (name) => {
  const { codes, ways = [], merged }: Situation = situations[name];

  test('is told by the services as by the core; with any conflict nothing is applied', async () => {
    const { twins, conflicts } = await met(name);
    expect([...new Set(conflicts.map(({ code }) => code))].sort()).toEqual(codes);
    expect(conflicts[0]?.resolutions ?? []).toEqual(ways);
    expect((await twins.apply('bob')) === undefined).toBe(codes.length > 0);
    await twins.agree();
    if (merged) expectReached(`merged ${merged}`);
  });

  for (const way of codes.length > 0 ? [...ways, 'removed CASCADE' as const] : []) {
    test(`ends: ${way}`, async () => {
      const { twins } = await met(name);
      await resolveAll(twins, 'bob', way === 'removed CASCADE' ? [] : [ways.indexOf(way)]);
      expect(await twins.apply('bob')).toBeDefined();
      await twins.agree();
      expectReached(way);
    });
  }
});

test('what is in use is removed neither live nor in a safe mode, unless it is detached', async () => {
  const twins = await Twins.begin(newsroom);
  for (const admin of ['ada', 'bob'] as const) {
    const { refused } = await twins.edit(admin, remove('PLUGIN', 'p1'));
    expect(refused).toMatchObject([{ code: 'IN_USE' }]);
  }
  await twins.mustEdit('bob', remove('PLUGIN', 'p1', true));
  await twins.agree();
  expect(await twins.apply('bob')).toBeDefined();
  await twins.agree();
});

test('an answer to a conflict that has moved since changes nothing', async () => {
  const { twins } = await met('one value, two changes');
  const [seen] = twins.conflicts('bob');
  await twins.mustEdit('ada', update('CONFIG_KEY', 'y', { value: 'later' }));
  expect(await resolveIn(twins, 'bob', seen!, { resolution: 'MINE' })).toBe(false);
  await twins.agree();
});

test('after an import nothing counts until it is matched again: by id, else by name', async () => {
  const twins = await Twins.begin(newsroom);
  const { id } = await twins.safeMode('bob');
  await twins.mustEdit('bob', update('WORKSPACE', 'w2', { name: 'C' }));
  await twins.mustEdit('bob', update('PROFILE', 'r2', { workspaces: ['w1', 'w2'] }));
  await twins.replace(withOtherIds(beginning, 2));
  await twins.agree();
  expect(await twins.apply('bob')).toBeUndefined();
  expect((await twins.edit('bob', update('PROFILE', 'r2', { roles: ['ADMIN'] }))).refused).toMatchObject([
    { code: 'UNIT_REPLACED' },
  ]);

  const conflicts = twins.conflicts('bob');
  expect(conflicts.map(({ code }) => code)).toEqual(['UNIT_REPLACED', 'UNIT_REPLACED']);
  await resolveAll(twins, 'bob', [0]);
  await twins.agree();
  expect(await twins.unit.conflicts('bob', id)).toEqual([]);
  const { objects } = twins.pure.live;
  const [second] = [...objects.WORKSPACE].find(([, { name }]) => name === 'B')!;
  expect(second).not.toBe('w2');
  expect(await twins.apply('bob')).toBeDefined();
  await twins.agree();
  expect((await twins.unit.live()).objects.WORKSPACE.get(second)).toMatchObject({ name: 'C' });
});

test('a form that was loaded before an import changes nothing any more', async () => {
  const twins = await Twins.begin(newsroom);
  await twins.replace(withOtherIds(beginning, 1));
  for (const admin of ['ada', 'bob'] as const) {
    const { refused } = await twins.edit(admin, update('CONFIG_KEY', 'y', { value: 'new' }), 1);
    expect(refused).toMatchObject([{ code: 'UNIT_REPLACED' }]);
  }
});

describe('removing a task that another depends on', () => {
  /** A workspace that a profile, made after it, shows. */
  async function dependent(): Promise<{ twins: Twins; first: string; second: string }> {
    const twins = await Twins.begin(newsroom);
    await twins.meet({ mine: [...situations['built on what is left out'].mine].slice(2), theirs: [] });
    const [first, second] = (await twins.safeMode('bob')).pure.tasks.map(({ id }) => id);
    return { twins, first: first!, second: second! };
  }

  test('names it and changes nothing', async () => {
    const { twins, first, second } = await dependent();
    expect(await removeFrom(twins, 'bob', first, 'REFUSE')).toEqual([second]);
    await twins.agree();
    expectReached('dependents REFUSE');
  });

  test('takes it along', async () => {
    const { twins, first } = await dependent();
    await removeFrom(twins, 'bob', first, 'CASCADE');
    await twins.agree();
    expect((await twins.safeMode('bob')).pure.tasks).toEqual([]);
    expectReached('removed CASCADE with others');
  });

  test('drops the reference and leaves it', async () => {
    const { twins, first, second } = await dependent();
    await removeFrom(twins, 'bob', first, 'DETACH');
    await twins.agree();
    expect((await twins.safeMode('bob')).pure.tasks).toMatchObject([
      { id: second, value: { workspaces: [] } },
    ]);
    expect(await twins.apply('bob')).toBeDefined();
    await twins.agree();
    expectReached('removed DETACH');
  });

  test('cannot drop what is no reference: a name that became free', async () => {
    const twins = await Twins.begin(newsroom);
    await twins.mustEdit('bob', update('PROFILE', 'r1', { name: 'C' }));
    await twins.mustEdit('bob', update('PROFILE', 'r2', { name: 'A' }));
    const [first, second] = (await twins.safeMode('bob')).pure.tasks.map(({ id }) => id);
    expect(await removeFrom(twins, 'bob', first!, 'DETACH')).toEqual([second]);
    await twins.agree();
    expectReached('dependents DETACH');
  });
});
