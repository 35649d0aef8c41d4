import fc from 'fast-check';
import {
  comparedTexts,
  lineDifference,
  sideBySide,
  withoutLongSameParts,
  type DifferenceLine,
} from './difference';

const textsOf = (lines: DifferenceLine[], without: DifferenceLine['kind']) =>
  lines.filter(({ kind }) => kind !== without).map(({ text }) => text);

const someLines = fc.array(fc.constantFrom('a', 'b', 'c', '{', '}'), { minLength: 1, maxLength: 12 });

test('without what was added a difference is the old text, without what was removed the new one', () => {
  fc.assert(
    fc.property(someLines, someLines, (before, after) => {
      const lines = lineDifference(before.join('\n'), after.join('\n'));
      expect(textsOf(lines, 'added')).toEqual(before);
      expect(textsOf(lines, 'removed')).toEqual(after);
    }),
  );
});

test('as many lines as possible stay', () => {
  const lines = lineDifference('a\nb\nc\nd\ne', 'a\nx\nc\ne\nf');
  expect(lines).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
    { kind: 'removed', text: 'd' },
    { kind: 'same', text: 'e' },
    { kind: 'added', text: 'f' },
  ]);
});

test('nothing against a text is the whole text added', () => {
  expect(lineDifference('', 'a\nb')).toEqual([
    { kind: 'added', text: 'a' },
    { kind: 'added', text: 'b' },
  ]);
});

test('texts too long to compare show the changed middle as a whole', () => {
  const before = Array.from({ length: 3000 }, (_each, index) => `old ${index}`);
  const after = Array.from({ length: 3000 }, (_each, index) => `new ${index}`);
  const lines = lineDifference(['head', ...before, 'tail'].join('\n'), ['head', ...after, 'tail'].join('\n'));
  expect(lines[0]).toEqual({ kind: 'same', text: 'head' });
  expect(lines.at(-1)).toEqual({ kind: 'same', text: 'tail' });
  expect(lines).toHaveLength(6002);
});

test('long unchanged parts are left out, but for the lines around a change', () => {
  const before = Array.from({ length: 20 }, (_each, index) => `${index}`);
  const after = before.map((line) => (line === '10' ? 'ten' : line));
  const shown = withoutLongSameParts(lineDifference(before.join('\n'), after.join('\n')), 1);
  expect(shown.map((line) => line?.text ?? null)).toEqual([null, '9', '10', 'ten', '11', null]);
});

test('side by side, what went stands beside what came in its place', () => {
  const rows = sideBySide(withoutLongSameParts(lineDifference('a\nb\nc\nd', 'a\nB\nC\nC2\nd')));
  expect(rows.map((row) => [row?.before?.text, row?.after?.text])).toEqual([
    ['a', 'a'],
    ['b', 'B'],
    ['c', 'C'],
    [undefined, 'C2'],
    ['d', 'd'],
  ]);
});

test('side by side, a gap stays a gap', () => {
  const long = Array.from({ length: 20 }, (_each, index) => `line ${index}`);
  const rows = sideBySide(withoutLongSameParts(lineDifference(long.join('\n'), ['new', ...long].join('\n'))));
  expect(rows[0]).toEqual({ before: undefined, after: { kind: 'added', text: 'new' } });
  expect(rows.at(-1)).toBeNull();
});

test.each([
  ['5', 5, ['"5"', '5']],
  [true, 'false', ['true', '"false"']],
  ['{\n  "a": 1\n}', { a: 1 }, [String.raw`"{\n  \"a\": 1\n}"`, '{\n  "a": 1\n}']],
  [null, '', ['', '""']],
])('a text and another value that look alike differ: %j and %j', (from, to, texts) => {
  expect(comparedTexts(from, to)).toEqual(texts);
});

test.each([
  ['one\ntwo', 'one', ['one\ntwo', 'one']],
  [null, 'one\ntwo', ['', 'one\ntwo']],
  [undefined, [1], ['', '[\n  1\n]']],
  [5, 6, ['5', '6']],
])('values of one kind are compared as they are read: %j and %j', (from, to, texts) => {
  expect(comparedTexts(from, to)).toEqual(texts);
});
