import { type Actor } from '../access/actor';
import { type Role } from '../access/role';
import { holdsAccount, managesMembers } from './account-hold';

const anActor = (roles: Record<string, Role>, organisationAdmin = false): Actor => ({
  userId: 'actor',
  email: 'a@example.org',
  name: 'A',
  organisationAdmin,
  roles: new Map(Object.entries(roles)),
  via: { kind: 'session', id: 's' },
});
const account = (unitIds: string[], organisationAdmin = false) => ({ user: { organisationAdmin }, unitIds });
const admin = anActor({ here: 'ADMIN', there: 'ADMIN' });
const organisationAdmin = anActor({}, true);

test('the admin of the only unit of an account has a hold on it', () => {
  expect(holdsAccount(admin, account(['here']))).toBe(true);
  expect(holdsAccount(anActor({ here: 'POWER_USER' }), account(['here']))).toBe(false);
  expect(holdsAccount(anActor({ there: 'ADMIN' }), account(['here']))).toBe(false);
});

test('an account of several units is not held even by who is admin of all of them', () => {
  expect(holdsAccount(admin, account(['here', 'there']))).toBe(false);
});

test('an account of no unit is held by organisation admins only', () => {
  expect(holdsAccount(admin, account([]))).toBe(false);
  expect(holdsAccount(organisationAdmin, account([]))).toBe(true);
});

test('an organisation admin is held by organisation admins only', () => {
  expect(holdsAccount(admin, account(['here'], true))).toBe(false);
  expect(holdsAccount(organisationAdmin, account(['here'], true))).toBe(true);
});

test('members are managed by the admins of their unit and by organisation admins', () => {
  expect(managesMembers(admin, 'here')).toBe(true);
  expect(managesMembers(admin, 'elsewhere')).toBe(false);
  expect(managesMembers(anActor({ here: 'POWER_USER' }), 'here')).toBe(false);
  expect(managesMembers(organisationAdmin, 'here')).toBe(true);
});
