import { nameKey, storedName } from './name-key';

test('names are compared without case, whichever way the case was changed', () => {
  expect(nameKey('STRASSE')).toBe(nameKey('straße'));
  expect(nameKey('οδοσ')).toBe(nameKey('ΟΔΟΣ'));
  expect(nameKey('οδος')).toBe(nameKey('ΟΔΟΣ'));
  expect(nameKey('ẞ')).toBe(nameKey('ss'));
});

test('names are compared in one Unicode form and without space around', () => {
  expect(nameKey(' Cafe\u0301 ')).toBe(nameKey('café'));
  expect(storedName(' Cafe\u0301 ')).toBe('Café');
});

test('the key of a key is itself, and case never matters, at every code point', () => {
  for (let code = 0; code < 0x1ffff; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const name = `x${String.fromCodePoint(code)}x`;
    const key = nameKey(name);
    if (nameKey(key) !== key || nameKey(name.toUpperCase()) !== key || nameKey(name.toLowerCase()) !== key) {
      throw new Error(`U+${code.toString(16)}`);
    }
  }
});
