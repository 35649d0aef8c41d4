import { passwordFault } from './password';

test('four characters are enough, three are not', () => {
  expect(passwordFault('abcd')).toBeUndefined();
  expect(passwordFault('abc')).toBe('TOO_SHORT');
});

test('characters are counted as people see them: a pictogram once, a letter with its accent once', () => {
  expect(passwordFault('🦊🦊🦊')).toBe('TOO_SHORT');
  expect(passwordFault('🦊🦊🦊🦊')).toBeUndefined();
  expect(passwordFault('e\u0301e\u0301')).toBe('TOO_SHORT');
});

test('space around a password belongs to it', () => {
  expect(passwordFault(' a  ')).toBeUndefined();
});

test('more than 1,024 bytes are too many, however few characters they are', () => {
  expect(passwordFault('ü'.repeat(512))).toBeUndefined();
  expect(passwordFault('ü'.repeat(513))).toBe('TOO_LONG');
});
