import { days, minutes } from '../../src/access/clock';
import { openPresenceScene, type PresenceScene } from './parts/presence-scene';

/** Who is in a safe mode right now, and who is told of it. */
let scene: PresenceScene;
let unitId: string;
beforeAll(async () => void (scene = await openPresenceScene()));
afterAll(() => scene.close());

beforeEach(async () => void (unitId = await scene.aUnit()));

test('whoever starts a safe mode is there at once, and whoever enters it too; the longest first', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const theo = await scene.somebody(unitId, 'Theo');
  const plan = await scene.start(olga, unitId, 'Plan');
  const began = scene.accounts.now();
  scene.later(1000);
  await scene.active.enter(theo, plan.id);
  scene.later(1000);
  await scene.active.enter(olga, plan.id);
  expect(await scene.presences.inUnit(unitId)).toEqual([
    {
      userId: olga.userId,
      userName: 'Olga',
      safeModeId: plan.id,
      safeModeName: 'Plan',
      relation: 'OWNER',
      since: began,
    },
    {
      userId: theo.userId,
      userName: 'Theo',
      safeModeId: plan.id,
      safeModeName: 'Plan',
      relation: 'PREVIEW',
      since: new Date(began.getTime() + 1000),
    },
  ]);
});

test('each change is told once, in order: entering, leaving, another name, applying, deleting', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const theo = await scene.somebody(unitId, 'Theo');
  const reader = scene.listen(unitId, await scene.somebody(unitId, 'Rita', 'READONLY'));
  await reader.toldTimes(1);
  const steps = [
    () => scene.start(olga, unitId, 'Plan'),
    () => scene.active.enter(theo, plan),
    () => scene.active.enter(theo, plan),
    () => scene.lifeCycle.rename(olga, plan, 'Grand plan'),
    () => scene.lifeCycle.rename(olga, plan, 'Grand plan'),
    () => scene.active.leave(theo, unitId),
    () => scene.active.leave(theo, unitId),
    () => scene.applying.applyForAll(olga, plan, 1),
    () => scene.start(theo, unitId, 'Another'),
    () => scene.lifeCycle.discard(theo, plan),
  ];
  let plan = '';
  const news = [2, 3, 3, 4, 4, 5, 5, 6, 7, 8];
  for (const [at, step] of steps.entries()) {
    const done = await step();
    if (done && 'id' in done) plan = done.id;
    await reader.toldTimes(news[at]!);
  }
  expect(reader.told).toEqual([
    [],
    ['Olga in Plan (OWNER)'],
    ['Olga in Plan (OWNER)', 'Theo in Plan (PREVIEW)'],
    ['Olga in Grand plan (OWNER)', 'Theo in Grand plan (PREVIEW)'],
    ['Olga in Grand plan (OWNER)'],
    [],
    ['Theo in Another (OWNER)'],
    [],
  ]);
  await reader.end();
});

test('entering another safe mode takes them out of the one before', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  await scene.start(olga, unitId, 'First');
  await scene.start(olga, unitId, 'Second');
  expect(await scene.present(unitId)).toEqual(['Olga in Second (OWNER)']);
});

test('two minutes of silence and they are gone, which listeners are told; they are still in it', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const reader = scene.listen(unitId, await scene.somebody(unitId, 'Rita', 'USER'));
  const { id } = await scene.start(olga, unitId, 'Plan');
  await reader.toldTimes(2);
  scene.later(minutes(2) - 1);
  await scene.presences.sweep();
  expect(await scene.present(unitId)).toEqual(['Olga in Plan (OWNER)']);
  scene.later(1);
  expect(await scene.present(unitId)).toEqual([]);
  await scene.presences.sweep();
  await reader.toldTimes(3);
  await scene.presences.sweep();
  expect(reader.told).toEqual([[], ['Olga in Plan (OWNER)'], []]);

  scene.later(days(365));
  expect(await scene.active.activeOf(olga, unitId)).toMatchObject({ id });
  await reader.end();
});

test('who comes back after a silence is there again, since they entered', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const reader = scene.listen(unitId, await scene.somebody(unitId, 'Rita', 'USER'));
  const { id, createdAt } = await scene.start(olga, unitId, 'Plan');
  await reader.toldTimes(2);
  scene.later(minutes(60));
  await scene.presences.sweep();
  await reader.toldTimes(3);
  await scene.active.enter(olga, id);
  await reader.toldTimes(4);
  expect((await scene.presences.inUnit(unitId))[0]?.since).toEqual(createdAt);
  expect(reader.told.at(-1)).toEqual(['Olga in Plan (OWNER)']);
  await reader.end();
});

test('a safe mode that nobody swept yet shows nobody who is gone to whoever begins to listen', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  await scene.start(olga, unitId, 'Plan');
  scene.later(minutes(2));
  const reader = scene.listen(unitId, await scene.somebody(unitId, 'Rita', 'USER'));
  await reader.toldTimes(1);
  expect(reader.told).toEqual([[]]);
  await reader.end();
});

test('a browser and an API token of one user in the same safe mode are one entry until both have left', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const script = await scene.byToken(olga, unitId);
  const { id } = await scene.start(olga, unitId, 'Plan');
  await scene.active.enter(script, id);
  expect(await scene.present(unitId)).toEqual(['Olga in Plan (OWNER)']);
  await scene.active.leave(olga, unitId);
  expect(await scene.present(unitId)).toEqual(['Olga in Plan (OWNER)']);
  expect(await scene.active.activeOf(olga, unitId)).toBeUndefined();
  await scene.active.leave(script, unitId);
  expect(await scene.present(unitId)).toEqual([]);
});

test('a browser and an API token of one user in two safe modes are two', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const script = await scene.byToken(olga, unitId);
  await scene.start(olga, unitId, 'By hand');
  scene.later(1);
  await scene.start(script, unitId, 'By script');
  expect(await scene.present(unitId)).toEqual(['Olga in By hand (OWNER)', 'Olga in By script (OWNER)']);
});

test('a script says by entering again that it is still there', async () => {
  const script = await scene.byToken(await scene.somebody(unitId, 'Olga'), unitId);
  const { id } = await scene.start(script, unitId, 'Plan');
  for (let minute = 0; minute < 5; minute++) {
    scene.later(minutes(1.5));
    await scene.active.enter(script, id);
  }
  expect(await scene.present(unitId)).toEqual(['Olga in Plan (OWNER)']);
});

test('what happens in one unit is told in no other', async () => {
  const elsewhere = await scene.aUnit();
  const reader = scene.listen(elsewhere, await scene.somebody(elsewhere, 'Rita', 'USER'));
  await reader.toldTimes(1);
  await scene.start(await scene.somebody(unitId, 'Olga'), unitId, 'Plan');
  await scene.start(await scene.somebody(elsewhere, 'Theo'), elsewhere, 'Ours');
  await reader.toldTimes(2);
  expect(reader.told).toEqual([[], ['Theo in Ours (OWNER)']]);
  await reader.end();
});

test('many who listen to a unit share one read of each change', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const rita = await scene.somebody(unitId, 'Rita', 'USER');
  const listeners = Array.from({ length: 50 }, () => scene.listen(unitId, rita));
  await Promise.all(listeners.map((listener) => listener.toldTimes(1)));
  const reads = jest.spyOn(scene.presences, 'inUnit');
  await scene.start(olga, unitId, 'Plan');
  await Promise.all(listeners.map((listener) => listener.toldTimes(2)));
  expect(reads).toHaveBeenCalledTimes(1);
  reads.mockRestore();
  await Promise.all(listeners.map((listener) => listener.end()));
});
