import { Sealer } from './sealer';

const old = new Sealer('01'.repeat(32));
const own = new Sealer('02'.repeat(32));
const both = new Sealer('02'.repeat(32), '01'.repeat(32));

test('with two keys texts under either are opened, and sealed under the first', () => {
  expect(both.open(old.seal('a'))).toBe('a');
  expect(both.open(own.seal('a'))).toBe('a');
  expect(own.open(both.seal('a'))).toBe('a');
  expect(() => own.open(old.seal('a'))).toThrow();
  expect(() => both.open(new Sealer('03'.repeat(32)).seal('a'))).toThrow();
});

test('sealing anew finds every sealed text in a text, and leaves everything else as it is', () => {
  const plain = { say: 'sealed:1:AAAA', deep: ['“', { kept: own.seal('kept') }] };
  const text = JSON.stringify({ ...plain, first: old.seal('first'), list: [old.seal('second "quoted"')] });
  const { text: next, resealed, unopened } = both.reseal(text);
  expect([resealed, unopened]).toEqual([2, 1]);
  const { first, list, ...rest } = JSON.parse(next) as { first: string; list: [string] };
  expect(rest).toEqual(plain);
  expect([own.open(first), own.open(list[0])]).toEqual(['first', 'second "quoted"']);
  expect(both.reseal(next)).toEqual({ text: next, resealed: 0, unopened: 1 });
});

test.each(['', 'x', 'four hundred characters '.repeat(20)])(
  'a text as it stands in a column, %#',
  (secret) => {
    expect(own.open(both.reseal(old.seal(secret)).text)).toBe(secret);
  },
);
