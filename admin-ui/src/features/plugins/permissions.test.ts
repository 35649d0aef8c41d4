import { permissionsOf } from './permissions';

test('stored permissions are read in the order of the roles, without unknown ones', () => {
  expect(permissionsOf({ edit: ['USER', 'ADMIN', 'KING'] })).toEqual({ edit: ['ADMIN', 'USER'] });
});

test('a permission that nobody has counts as none', () => {
  expect(permissionsOf({ edit: [], see: ['USER'], odd: 3 })).toEqual({ see: ['USER'] });
  expect(permissionsOf(null)).toEqual({});
});
