import { AccessSweeper } from '../../src/access/access-sweeper';
import { days, minutes } from '../../src/access/clock';
import { type Accounts, openAccounts, refusal } from '../parts/accounts';

let all: Accounts;
beforeAll(async () => void (all = await openAccounts()));
afterAll(() => all.close());

test('only what is over is removed', async () => {
  const unitId = await all.aUnit();
  const admin = await all.signedIn(await all.aUser({ roles: { [unitId]: 'ADMIN' } }));
  const invite = (email: string) =>
    all.members.addMember(admin, { unitId, email, name: 'Guest', role: 'USER' });
  await invite('early@example.org');
  await refusal(all.accounts.signIn('nobody@example.org', 'wrong password', '192.0.2.1'));
  all.later(days(14));
  const late = await invite('late@example.org');
  all.later(days(16));
  const fresh = await all.signedIn(await all.aUser());
  await all.members.resetPassword(admin, unitId, late.user.id);
  all.later(minutes(10));
  await refusal(all.accounts.signIn('somebody@example.org', 'wrong password', '192.0.2.2'));

  await new AccessSweeper(all.database, all.sessions, all.now).sweep();
  expect(await all.column('SELECT id FROM session')).toEqual([fresh.via.id]);
  expect(await all.column('SELECT user_id FROM one_time_link')).toEqual([late.user.id]);
  expect(await all.column('SELECT count FROM attempt')).toEqual([1, 1]);
});
