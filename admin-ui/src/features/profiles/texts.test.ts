import { rolesText, seenBy } from './texts';

test('a profile without roles, or only for admins, is for admins', () => {
  expect(seenBy([])).toBe('Only admins can choose this profile.');
  expect(seenBy(['ADMIN'])).toBe('Only admins can choose this profile.');
});

test('admins can choose what is open to others, too', () => {
  expect(seenBy(['USER'])).toMatch(/^Can be chosen by: Admin and User\./);
  expect(seenBy(['READONLY', 'USER'])).toMatch(/^Can be chosen by: Admin, User and Read only\./);
});

test('roles are named in the same order everywhere, whichever they were chosen in', () => {
  expect(rolesText(['READONLY', 'USER', 'POWER_USER'])).toBe('Power user, User, Read only');
  expect(rolesText([])).toBe('Admins only');
});
