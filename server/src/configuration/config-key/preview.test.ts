import { previewOf } from './preview';

test('a short value is its own preview, a text without quotes', () => {
  expect(previewOf('The Harbour Courier')).toBe('The Harbour Courier');
  expect(previewOf({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
  expect(previewOf(false)).toBe('false');
});

test('a preview is one line', () => {
  expect(previewOf('first\n  second')).toBe('first second');
});

test('of a long value the beginning is told, never half a character', () => {
  expect(previewOf('x'.repeat(500))).toBe(`${'x'.repeat(200)}…`);
  expect(previewOf(`${'x'.repeat(199)}😀 and more`)).toBe(`${'x'.repeat(199)}…`);
});
