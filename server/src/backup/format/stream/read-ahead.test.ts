import { setImmediate as nextTurn } from 'node:timers/promises';
import { readAhead } from './read-ahead';

/** Pieces of one byte, and what has become of their source. */
function counted(count: number, error?: Error) {
  const state = { read: 0, isEnded: false };
  async function* pieces() {
    try {
      for (let index = 0; index < count; index++) {
        await nextTurn();
        state.read++;
        yield Uint8Array.of(index);
      }
      if (error) throw error;
    } finally {
      state.isEnded = true;
    }
  }
  return { state, pieces: pieces() };
}

async function whileNobodyAsks() {
  for (let turn = 0; turn < 50; turn++) await nextTurn();
}

test('all pieces come, in their order', async () => {
  const taken: number[] = [];
  for await (const [byte] of readAhead(counted(20).pieces, 3)) taken.push(byte!);
  expect(taken).toEqual([...Array(20).keys()]);
});

test('it reads on while nobody asks, but no further than it may, and not before it is asked', async () => {
  const { state, pieces } = counted(20);
  const ahead = readAhead(pieces, 3);
  await whileNobodyAsks();
  expect(state.read).toBe(0);
  await ahead.next();
  await whileNobodyAsks();
  expect(state.read).toBe(4);
  await ahead.next();
  await whileNobodyAsks();
  expect(state.read).toBe(5);
});

test('an error of the source comes after the pieces before it', async () => {
  const { pieces } = counted(2, new Error('The disk is gone'));
  const ahead = readAhead(pieces, 10);
  await ahead.next();
  await whileNobodyAsks();
  expect((await ahead.next()).value).toEqual(Uint8Array.of(1));
  await expect(ahead.next()).rejects.toThrow('The disk is gone');
});

test('ended early, it ends the source', async () => {
  const { state, pieces } = counted(20);
  const ahead = readAhead(pieces, 3);
  await ahead.next();
  await whileNobodyAsks();
  await ahead.return(undefined);
  await whileNobodyAsks();
  expect(state.isEnded).toBe(true);
});
