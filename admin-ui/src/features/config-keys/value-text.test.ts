import { editedValue, previewOf, storedValue } from './value-text';

test.each([['plain text'], [''], [{ a: [1] }], [0], [false], [[]]])(
  'a value %j is edited and stored unchanged',
  (value) => {
    expect(storedValue(editedValue(value))).toEqual({ value });
  },
);

test('a text that looks like JSON stays a text', () => {
  expect(editedValue('{"a":1}')).toEqual({ type: 'text', text: '{"a":1}' });
});

test('null and broken JSON are refused with a reason', () => {
  expect(storedValue({ type: 'json', text: 'null' })).toEqual({ message: 'A config key cannot be null.' });
  expect(storedValue({ type: 'json', text: '{' })).toHaveProperty('message');
});

test('a preview is one short line', () => {
  expect(previewOf({ a: 1 })).toBe('{"a":1}');
  expect(previewOf('x'.repeat(500))).toHaveLength(201);
});
