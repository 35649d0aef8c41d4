import { typedValue, writtenAs } from './value-draft';

test.each([
  ['name', 'Sales'],
  ['text', 'two\nlines'],
  ['layout', 'two-columns'],
  ['boolean', false],
  ['workspaces', ['w1', 'w2']],
  ['free-form', 'a text'],
  ['free-form', { a: [1, null] }],
  ['free-form', 5],
  ['json', ['ADMIN']],
] as const)('what is not edited stays as it was: %s %j', (kind, value) => {
  expect(typedValue(kind, writtenAs(kind, value))).toEqual({ value });
});

test('a secret begins empty', () => {
  expect(writtenAs('free-form', undefined).edited).toEqual({ type: 'text', text: '' });
  expect(writtenAs('text', null).text).toBe('');
});

test('a name needs a character, JSON must be JSON, and a setting cannot be null', () => {
  expect(typedValue('name', { ...writtenAs('name', undefined), text: '  ' })).toHaveProperty('message');
  expect(typedValue('json', { ...writtenAs('json', undefined), text: '{' })).toHaveProperty('message');
  const edited = { type: 'json', text: 'null' } as const;
  expect(typedValue('free-form', { ...writtenAs('free-form', undefined), edited })).toHaveProperty('message');
});
