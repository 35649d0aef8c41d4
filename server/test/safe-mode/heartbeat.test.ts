import { setImmediate as turn } from 'node:timers/promises';
import { minutes } from '../../src/access/clock';
import { heartbeat } from '../../src/safe-mode/presence/presence.service';
import { openPresenceScene, type PresenceScene } from './parts/presence-scene';

/** What an open subscription does for its user while time goes on. */
let scene: PresenceScene;
let unitId: string;
beforeAll(async () => void (scene = await openPresenceScene()));
afterAll(() => scene.close());

/** The database needs time of its own: only intervals are faked. */
const untouched = ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const;
const untouchedTimers = ['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const;
beforeEach(async () => {
  unitId = await scene.aUnit();
  jest.useFakeTimers({ doNotFake: [...untouched, ...untouchedTimers] });
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

/** Time goes on, and open subscriptions beat meanwhile. */
async function pass(milliseconds: number): Promise<void> {
  const { presences } = scene;
  const beat = presences.beat.bind(presences);
  for (let passed = 0; passed < milliseconds; passed += heartbeat) {
    const beats: Promise<void>[] = [];
    const spy = jest.spyOn(presences, 'beat').mockImplementation((...listener) => {
      const done = beat(...listener);
      beats.push(done);
      return done;
    });
    scene.later(heartbeat);
    jest.advanceTimersByTime(heartbeat);
    spy.mockRestore();
    await Promise.all(beats);
  }
}

test('an open subscription keeps its own user there, and nobody else', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const theo = await scene.somebody(unitId, 'Theo');
  const { id } = await scene.start(olga, unitId, 'Plan');
  await scene.active.enter(theo, id);
  const tab = scene.listen(unitId, olga);
  await tab.toldTimes(1);
  await pass(minutes(10));
  await scene.presences.sweep();
  expect(await scene.present(unitId)).toEqual(['Olga in Plan (OWNER)']);
  await tab.toldTimes(2);
  expect(tab.told.at(-1)).toEqual(['Olga in Plan (OWNER)']);
  await tab.end();
  scene.later(minutes(2));
  expect(await scene.present(unitId)).toEqual([]);
});

test('the subscription of one of two tabs is enough; when both are closed, they are gone after the silence', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const reader = scene.listen(unitId, await scene.somebody(unitId, 'Rita', 'READONLY'));
  await scene.start(olga, unitId, 'Plan');
  await reader.toldTimes(2);
  const [first, second] = [scene.listen(unitId, olga), scene.listen(unitId, olga)];
  await Promise.all([first.toldTimes(1), second.toldTimes(1)]);
  await first.end();
  await pass(minutes(5));
  await scene.presences.sweep();
  expect(await scene.present(unitId)).toEqual(['Olga in Plan (OWNER)']);
  await second.end();
  await pass(minutes(2));
  await scene.presences.sweep();
  await reader.toldTimes(3);
  expect(reader.told).toEqual([[], ['Olga in Plan (OWNER)'], []]);
  await reader.end();
});

test('a subscription that is opened again says that they are there, and the others are told', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const reader = scene.listen(unitId, await scene.somebody(unitId, 'Rita', 'READONLY'));
  await scene.start(olga, unitId, 'Plan');
  await reader.toldTimes(2);
  scene.later(minutes(3));
  await scene.presences.sweep();
  await reader.toldTimes(3);
  const tab = scene.listen(unitId, olga);
  await Promise.all([tab.toldTimes(1), reader.toldTimes(4)]);
  expect(tab.told[0]).toEqual(['Olga in Plan (OWNER)']);
  expect(reader.told.at(-1)).toEqual(['Olga in Plan (OWNER)']);
  await Promise.all([tab.end(), reader.end()]);
});

test('a subscription brings nobody back who has left, nor into what was closed', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const { id } = await scene.start(olga, unitId, 'Plan');
  const tab = scene.listen(unitId, olga);
  await tab.toldTimes(1);
  await scene.active.leave(olga, unitId);
  await pass(heartbeat);
  expect(await scene.present(unitId)).toEqual([]);
  await scene.active.enter(olga, id);
  await scene.lifeCycle.discard(olga, id);
  await pass(heartbeat);
  expect(await scene.present(unitId)).toEqual([]);
  await tab.end();
});

test.each(['READONLY', 'USER', 'POWER_USER'] as const)(
  'the subscription of a %s keeps no time',
  async (role) => {
    const tab = scene.listen(unitId, await scene.somebody(unitId, 'Rita', role));
    await tab.toldTimes(1);
    expect(jest.getTimerCount()).toBe(0);
    await tab.end();
  },
);

test('a subscription that ends, before or after the first word, leaves no timer', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const tabs = Array.from({ length: 5 }, () => scene.listen(unitId, olga));
  await tabs[0]!.toldTimes(1);
  expect(jest.getTimerCount()).toBe(5);
  await Promise.all(tabs.map((tab) => tab.end()));
  const hasty = scene.listen(unitId, olga);
  await hasty.end();
  expect(jest.getTimerCount()).toBe(0);
});

test('a subscription ends with the fault that keeps it from reading, and leaves no timer', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  const tab = scene.listen(unitId, olga);
  await tab.toldTimes(1);
  const read = jest.spyOn(scene.presences, 'inUnit').mockRejectedValueOnce(new Error('The database is away'));
  scene.presences.changed(unitId);
  await expect(tab.untilEnd()).rejects.toThrow('The database is away');
  read.mockRestore();
  expect(jest.getTimerCount()).toBe(0);
});

test('a subscription outlives a beat that fails', async () => {
  const olga = await scene.somebody(unitId, 'Olga');
  await scene.start(olga, unitId, 'Plan');
  const tab = scene.listen(unitId, olga);
  await tab.toldTimes(1);
  const beat = jest.spyOn(scene.presences, 'beat').mockRejectedValueOnce(new Error('The database is away'));
  scene.later(heartbeat);
  jest.advanceTimersByTime(heartbeat);
  beat.mockRestore();
  await turn();
  await pass(minutes(3));
  expect(await scene.present(unitId)).toEqual(['Olga in Plan (OWNER)']);
  await tab.end();
});

test.each([
  ['demoted', "UPDATE membership SET role = 'POWER_USER' WHERE user_id = ?"],
  ['removed from the unit', 'DELETE FROM membership WHERE user_id = ?'],
  ['deactivated', 'UPDATE user SET active = FALSE WHERE id = ?'],
])('who is %s vanishes, and does not come back by an old subscription', async (_, sql) => {
  const olga = await scene.somebody(unitId, 'Olga');
  const reader = scene.listen(unitId, await scene.somebody(unitId, 'Rita', 'USER'));
  await scene.start(olga, unitId, 'Plan');
  const tab = scene.listen(unitId, olga);
  await Promise.all([tab.toldTimes(1), reader.toldTimes(2)]);
  await scene.change(sql, olga.userId);
  expect(await scene.present(unitId)).toEqual([]);
  await scene.presences.sweep();
  await reader.toldTimes(3);
  await pass(minutes(1));
  await scene.presences.sweep();
  expect(reader.told).toEqual([[], ['Olga in Plan (OWNER)'], []]);
  await Promise.all([tab.end(), reader.end()]);
});
