import { setImmediate as nextTurn } from 'node:timers/promises';
import { Repeater } from '@graphql-yoga/subscription';
import { Feeds } from './feed';

interface State {
  number: number;
}

/** A feed of numbers that only ever grow, and what is told to its listeners. */
function aFeed(present: () => Promise<State> = () => Promise.resolve({ number: 1 })) {
  const publishers = new Set<(state: State) => void>();
  let each = (state: State): State | Promise<State> => state;
  const feeds = new Feeds<State, State>(() => ({
    present,
    messages: () =>
      new Repeater<State>(async (push, stop) => {
        const publish = (state: State) => void push(state);
        publishers.add(publish);
        await stop;
        publishers.delete(publish);
      }, undefined),
    each: (state) => each(state),
    isNews: (value, told) => value.number > told.number,
  }));
  return {
    feeds,
    publishers,
    failEach: () => (each = () => Promise.reject(new Error('no database'))),
    publish: async (number: number) => {
      for (const publish of publishers) publish({ number });
      await nextTurn();
    },
    listen: (before?: () => Promise<unknown>) => {
      const told: number[] = [];
      const failures: unknown[] = [];
      const leave = feeds
        .of('unit')
        .join({ tell: ({ number }) => told.push(number), fail: (error) => failures.push(error) }, before);
      return { told, failures, leave };
    },
  };
}

test('each listener is told the present, then what is news to them; messages are listened to once', async () => {
  const { listen, publish, publishers } = aFeed();
  const [one, two] = [listen(), listen()];
  await nextTurn();
  expect(publishers.size).toBe(1);
  await publish(2);
  await publish(2);
  await publish(3);
  expect([one.told, two.told]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

test('what happens while the present is read comes after it, and only the latest', async () => {
  let answer = (_: State) => {};
  const { listen, publish } = aFeed(() => new Promise((resolve) => (answer = resolve)));
  const listener = listen();
  await nextTurn();
  await publish(5);
  await publish(6);
  expect(listener.told).toEqual([]);
  answer({ number: 4 });
  await nextTurn();
  expect(listener.told).toEqual([4, 6]);
});

test('who has left is told nothing more, and after the last one nothing listens', async () => {
  const { listen, publish, publishers } = aFeed();
  const [one, two] = [listen(), listen()];
  await nextTurn();
  one.leave();
  await publish(2);
  expect([one.told, two.told]).toEqual([[1], [1, 2]]);
  two.leave();
  await nextTurn();
  expect(publishers.size).toBe(0);
  const again = listen();
  await nextTurn();
  await publish(3);
  expect(again.told).toEqual([1, 3]);
});

test('a present that cannot be read fails its own listener; a message that cannot be followed fails all', async () => {
  const { listen, publish, failEach } = aFeed();
  const one = listen();
  const two = listen(() => Promise.reject(new Error('not now')));
  await nextTurn();
  expect(two.failures).toEqual([new Error('not now')]);
  expect(one.told).toEqual([1]);
  failEach();
  await publish(2);
  expect(one.failures).toEqual([new Error('no database')]);
  expect(two.failures).toHaveLength(1);
  expect(listen().failures).toEqual([]);
});
