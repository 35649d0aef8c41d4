import { setImmediate as nextTurn } from 'node:timers/promises';
import { OneInATurn } from './one-in-a-turn';

test('of many that ask at once each begins in a turn of its own, in the order of asking', async () => {
  const turns = new OneInATurn();
  const began: { who: number; turn: number }[] = [];
  let turn = 0;
  const all = Promise.all(
    Array.from({ length: 5 }, async (_, who) => {
      await turns.turn();
      began.push({ who, turn });
    }),
  ).then(() => (turn = -1));
  while (turn >= 0) {
    await nextTurn();
    if (turn >= 0) turn++;
  }
  await all;
  expect(began.map(({ who }) => who)).toEqual([0, 1, 2, 3, 4]);
  expect(new Set(began.map((one) => one.turn)).size).toBe(5);
});

test('who asks later, when nobody waits any more, gets a turn as well', async () => {
  const turns = new OneInATurn();
  await turns.turn();
  await nextTurn();
  await expect(turns.turn()).resolves.toBeUndefined();
});
