import fc from 'fast-check';
import { parseJson, parseJsonObject, prettyJson, sameJson } from './json-text';

test('what is shown of a JSON value parses back to it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = prettyJson(value);
      const parsed = parseJson(text);
      if (parsed.ok) expect(JSON.stringify(parsed.value)).toBe(JSON.stringify(value));
      else expect(text).toMatch(/[0-9]{16}/);
    }),
  );
});

test('an empty text and broken JSON are refused with a reason', () => {
  expect(parseJson('  ')).toEqual({ ok: false, message: 'Type a JSON value.' });
  expect(parseJson('{"a":')).toHaveProperty('message', expect.stringContaining('not JSON'));
});

test.each(['9007199254740993', '{"a":[1e400]}', '[-9007199254740992]'])(
  'a number that would be rounded is refused: %s',
  (text) => {
    expect(parseJson(text)).toHaveProperty('message', expect.stringContaining('2^53'));
  },
);

test.each(['9007199254740991', '0.1', '-1.5e-7', '"9007199254740993"', '1e300'])(
  'a number that is kept exactly is taken: %s',
  (text) => {
    expect(parseJson(text)).toMatchObject({ ok: true });
  },
);

test('only objects are taken where an object is wanted', () => {
  expect(parseJsonObject('{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  for (const text of ['[]', '3', 'null', '"a"']) expect(parseJsonObject(text).ok).toBe(false);
});

test('JSON values are the same whatever the order of their keys', () => {
  expect(sameJson({ a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 })).toBe(true);
});

test('JSON values differ by a value, an order of a list, or a missing key', () => {
  expect(sameJson([1, 2], [2, 1])).toBe(false);
  expect(sameJson({ a: null }, {})).toBe(false);
  expect(sameJson({ a: 1, b: 2 }, { a: 1, c: 2 })).toBe(false);
  expect(sameJson([], {})).toBe(false);
  expect(sameJson('1', 1)).toBe(false);
});
