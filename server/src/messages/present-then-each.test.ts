import { createTopics, lookAgain, type UnitChange } from './topics';
import { presentThenEach } from './present-then-each';

const change = (revision: number): UnitChange => ({
  unitId: 'unit',
  revision,
  cause: 'EDIT',
  byUserId: null,
  at: new Date(0),
});

function aStream(present: () => Promise<number>) {
  const topics = createTopics();
  const messages = topics.subscribe('unitChanged', 'unit');
  const stream = presentThenEach({
    present,
    messages,
    each: (told) => (told !== lookAgain && told.revision % 2 === 0 ? told.revision : undefined),
  });
  return {
    stream,
    messages,
    publish: (revision: number) => topics.publish('unitChanged', 'unit', change(revision)),
  };
}

test('the present comes first, then what messages bring, without what is no news', async () => {
  const { stream, publish } = aStream(() => Promise.resolve(1));
  expect((await stream.next()).value).toBe(1);
  const next = stream.next();
  publish(3);
  publish(4);
  expect((await next).value).toBe(4);
});

test('a message that comes while the present is read is not missed', async () => {
  const { stream, publish } = aStream(() => {
    publish(2);
    return Promise.resolve(1);
  });
  expect((await stream.next()).value).toBe(1);
  expect((await stream.next()).value).toBe(2);
});

test('who stops listening stops at once, and the messages with it', async () => {
  const { stream, messages, publish } = aStream(() => Promise.resolve(1));
  await stream.next();
  const waiting = stream.next();
  await stream.return?.();
  expect((await waiting).done).toBe(true);
  publish(2);
  expect((await messages.next()).done).toBe(true);
});

test('what goes wrong reaches the listener', async () => {
  const { stream } = aStream(() => Promise.reject(new Error('no database')));
  await expect(stream.next()).rejects.toThrow('no database');
});
