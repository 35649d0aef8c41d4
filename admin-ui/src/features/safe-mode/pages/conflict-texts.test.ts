import { resolutionName } from './conflict-texts';

test('the same resolution is named by what it does to the conflict', () => {
  expect(resolutionName('VALUE', 'NAME_TAKEN')).toBe('Another name…');
  expect(resolutionName('VALUE', 'FIELD_CHANGED')).toBe('Enter a value…');
  expect(resolutionName('MINE', 'FIELD_CHANGED')).toBe('Keep mine');
  expect(resolutionName('MINE', 'DELETE_OF_CHANGED')).toBe('Delete anyway');
});
