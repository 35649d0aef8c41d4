import { createTopics, type UnitChange } from './topics';

const change = (revision: number): UnitChange => ({
  unitId: 'unit',
  revision,
  cause: 'EDIT',
  byUserId: null,
  at: new Date(0),
});

/** What a listener reads until nothing more waits for it. */
async function waiting<T>(messages: AsyncIterableIterator<T>): Promise<T[]> {
  const read: T[] = [];
  const nothing = Symbol('nothing');
  for (;;) {
    const soon = new Promise<typeof nothing>((resolve) => setImmediate(() => resolve(nothing)));
    const next = await Promise.race([messages.next(), soon]);
    if (next === nothing || next.done) return read;
    read.push(next.value);
  }
}

test('a message reaches every listener of its id, and no other', async () => {
  const topics = createTopics();
  const [one, two, other] = ['unit', 'unit', 'another'].map((id) => {
    const messages = topics.subscribe('unitChanged', id);
    return { first: messages.next(), messages };
  });
  topics.publish('unitChanged', 'unit', change(1));
  topics.publish('unitChanged', 'another', change(2));
  expect((await one!.first).value).toEqual(change(1));
  expect((await two!.first).value).toEqual(change(1));
  expect((await other!.first).value).toEqual(change(2));
});

test('a listener who stops reading loses the oldest messages, and nobody else any', async () => {
  const topics = createTopics();
  const [idle, reading] = [topics.subscribe('unitChanged', 'unit'), topics.subscribe('unitChanged', 'unit')];
  const first = idle.next();
  const read: number[] = [];
  let next = reading.next();
  for (let revision = 0; revision < 3_000; revision++) {
    topics.publish('unitChanged', 'unit', change(revision));
    read.push(((await next).value as UnitChange).revision);
    next = reading.next();
  }
  expect(read).toHaveLength(3_000);
  expect((await first).value).toEqual(change(0));
  const late = await waiting(idle);
  expect(late.length).toBeLessThanOrEqual(100);
  expect(late.at(-1)).toEqual(change(2_999));
});

test('of the sessions that end at once none is forgotten', async () => {
  const topics = createTopics();
  const revoked = topics.subscribe('accessRevoked');
  const first = revoked.next();
  const ids = Array.from({ length: 5_000 }, (_, index) => `session ${index}`);
  for (const accessId of ids) topics.publish('accessRevoked', { accessId });
  const told = [(await first).value, ...(await waiting(revoked))] as { accessId: string }[];
  expect(told.map(({ accessId }) => accessId)).toEqual(ids);
});
