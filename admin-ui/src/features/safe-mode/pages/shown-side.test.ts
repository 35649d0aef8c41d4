import { fitsAtOnce, isNothing, shortText } from './shown-side';

test.each([
  [null, 'nothing'],
  ['', '“”'],
  ['Sales', 'Sales'],
  [true, 'yes'],
  [0, '0'],
  [[], 'none'],
  [['User', 'Admin'], 'User, Admin'],
  [{ a: 1 }, '{"a":1}'],
  [{}, 'nothing'],
])('%j reads %s', (value, text) => {
  expect(shortText(value)).toBe(text);
});

test('what has many characters or lines is not short', () => {
  expect(shortText('x'.repeat(81))).toBeUndefined();
  expect(shortText('one\ntwo')).toBeUndefined();
  expect(shortText({ long: 'x'.repeat(80) })).toBeUndefined();
});

test('a difference of many lines is shown on demand', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_each, index) => `line ${index}`).join('\n');
  expect(fitsAtOnce(null, lines(8))).toBe(true);
  expect(fitsAtOnce(lines(9), 'short')).toBe(false);
  expect(fitsAtOnce({ a: [1, 2, 3, 4, 5, 6, 7, 8] }, null)).toBe(false);
});

test('in free-form values a text and a number that look the same differ', () => {
  expect(shortText('5', true)).toBe('"5"');
  expect(shortText(5, true)).toBe('5');
  expect(shortText({}, true)).toBe('{}');
  expect(shortText('one\ntwo', true)).toBe('"one\\ntwo"');
});

test('an empty list or object is nothing; false, 0 and the empty text are something', () => {
  expect([null, undefined, [], {}].map(isNothing)).toEqual([true, true, true, true]);
  expect([false, 0, '', ['a'], { a: null }].map(isNothing)).toEqual([false, false, false, false, false]);
});
