import { iconOf, initialsOf, textColourOn } from './icon';

test('initials are the first letters of the first two words', () => {
  expect(initialsOf('Night desk')).toBe('ND');
  expect(initialsOf('  planning board two ')).toBe('PB');
});

test('initials of one word are its first two letters, whole characters', () => {
  expect(initialsOf('sports')).toBe('SP');
  expect(initialsOf('🎬🎞️')).toBe('🎬🎞');
  expect(initialsOf('')).toBe('?');
});

test('an icon is read only when it is one', () => {
  expect(iconOf({ picture: 'data:image/png;base64,AA' })).toEqual({ picture: 'data:image/png;base64,AA' });
  expect(iconOf({ initials: 'A', colour: '#123456' })).toEqual({ initials: 'A', colour: '#123456' });
  expect(iconOf({ initials: 'A' })).toMatchObject({ initials: 'A' });
  for (const value of [null, undefined, 'A', {}, { picture: 3 }, []]) expect(iconOf(value)).toBeUndefined();
});

test('text on a light colour is black, on a dark one white', () => {
  expect(textColourOn('#facc15')).toBe('#000000');
  expect(textColourOn('#0f766e')).toBe('#ffffff');
  expect(textColourOn('#ffffff')).toBe('#000000');
});
