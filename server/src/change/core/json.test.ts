import { own, pointerNames, pointerTo, sameJson, valueAt, withKey } from './json';

test('key order does not matter, array order does, absent is not null', () => {
  expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(sameJson([1, 2], [2, 1])).toBe(false);
  expect(sameJson(null, undefined)).toBe(false);
  expect(sameJson({ a: null }, {})).toBe(false);
  expect(sameJson([], {})).toBe(false);
});

test('pointers keep names with slashes and tildes', () => {
  const names = ['a/b', '~1', '', 'c.d'];
  expect(pointerTo(...names)).toBe('/a~1b/~01//c.d');
  expect(pointerNames(pointerTo(...names))).toEqual(names);
  expect(() => pointerNames('a')).toThrow(RangeError);
});

test('only own keys are seen', () => {
  expect(own<unknown>({}, 'toString')).toBeUndefined();
  expect(valueAt({ a: [{ b: 1 }] }, '/a/0/b')).toBe(1);
  expect(valueAt({ a: [] }, '/a/length')).toBeUndefined();
  expect(valueAt({}, '/__proto__')).toBeUndefined();
  expect(Object.keys(withKey({}, '__proto__', 1))).toEqual(['__proto__']);
});
