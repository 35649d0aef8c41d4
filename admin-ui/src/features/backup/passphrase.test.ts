import { passphraseOf } from './passphrase';

const words = ['ant', 'bee', 'cat', 'dog', 'elk', 'fox', 'gnu'];

/** Hands out the given numbers one after another. */
function drawing(...numbers: number[]) {
  const left = [...numbers];
  return (target: Uint32Array) => {
    const next = left.shift();
    if (next === undefined) throw new Error('No more numbers were to be drawn');
    target[0] = next;
  };
}

test('a passphrase joins as many words as asked for, each picked by a number drawn for it', () => {
  expect(passphraseOf(words, 3, drawing(0, 6, 8))).toBe('ant-gnu-bee');
});

test('numbers that would favour the first words are drawn again', () => {
  const lastFair = Math.floor(2 ** 32 / words.length) * words.length - 1;
  expect(passphraseOf(words, 1, drawing(2 ** 32 - 1, lastFair + 1, lastFair))).toBe('gnu');
});

test('every word comes up about equally often', () => {
  const drawn = 14_000;
  const counts = new Map<string, number>();
  for (const word of passphraseOf(words, drawn).split('-')) counts.set(word, (counts.get(word) ?? 0) + 1);
  const expected = drawn / words.length;
  // Six standard deviations: by chance this fails once in hundreds of millions of runs.
  const tolerated = 6 * Math.sqrt(expected);
  expect([...counts.keys()].sort()).toEqual(words);
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(tolerated);
});

test('without words there is no passphrase', () => {
  expect(() => passphraseOf([], 1)).toThrow(RangeError);
});
