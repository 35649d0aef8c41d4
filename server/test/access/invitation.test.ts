import { days } from '../../src/access/clock';
import { type Accounts, openAccounts, refusal, thePassword, tokenOf } from '../parts/accounts';

let all: Accounts;
let unitId: string;
let admin: Awaited<ReturnType<Accounts['signedIn']>>;
beforeAll(async () => void (all = await openAccounts()));
afterAll(() => all.close());
beforeEach(async () => {
  unitId = await all.aUnit();
  admin = await all.signedIn(await all.aUser({ roles: { [unitId]: 'ADMIN' } }));
});

const invite = (email = `new-${unitId}@example.org`) =>
  all.members.addMember(admin, { unitId, email, name: 'New', role: 'USER' });

const accept = (link: string | null, password = thePassword, name = 'Chosen name') =>
  all.accounts.acceptInvitation(tokenOf(link), name, password);

test('an invitation lets its user choose name and password and signs in', async () => {
  const { inviteUrl, user } = await invite();
  expect(inviteUrl).toMatch(/^https:\/\/board\.example\/invitation\/[\w-]{43}$/);
  await refusal(all.accounts.signIn(user.email, '', 'a'));
  const { session } = await accept(inviteUrl);
  expect(await all.authenticator.actorOfSession(session.token)).toMatchObject({
    userId: user.id,
    name: 'Chosen name',
    roles: new Map([[unitId, 'USER']]),
  });
  await all.accounts.signIn(user.email, thePassword, 'a');
});

test('a link is used once, even twice at the same time', async () => {
  const { inviteUrl } = await invite();
  const outcomes = await Promise.allSettled([
    accept(inviteUrl, 'first password'),
    accept(inviteUrl, 'other password'),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await refusal(accept(inviteUrl))).code).toBe('NOT_FOUND');
});

test('an invitation is valid for 14 days', async () => {
  const { inviteUrl } = await invite();
  const another = await invite(`another-${unitId}@example.org`);
  all.later(days(14) - 1);
  await accept(inviteUrl);
  all.later(1);
  expect((await refusal(accept(another.inviteUrl))).code).toBe('NOT_FOUND');
  expect((await refusal(accept('/invitation/made-up'))).code).toBe('NOT_FOUND');
});

test('an unfit password is told and leaves the link good', async () => {
  const { inviteUrl } = await invite();
  expect((await refusal(accept(inviteUrl, 'short'))).message).toBe(
    'password: must have at least 8 characters',
  );
  await accept(inviteUrl);
});

test('an empty name keeps the one that the admin gave', async () => {
  const { inviteUrl } = await invite();
  expect((await accept(inviteUrl, thePassword, ' ')).user.name).toBe('New');
});

test('a reset ends the sessions when it is used, not before; tokens stay', async () => {
  const user = await all.aUser({ roles: { [unitId]: 'USER' } });
  const member = await all.signedIn(user);
  const { secret } = await all.tokens.create(member, { unitId, name: 'Script', role: 'USER' });
  const isSignedIn = async () => (await all.authenticator.actorOf({ cookie: member.cookie })) !== undefined;

  const link = await all.members.resetPassword(admin, unitId, user.id);
  expect(await isSignedIn()).toBe(true);
  await all.accounts.signIn(user.email, thePassword, 'a');

  await accept(link, 'another password');
  expect(await isSignedIn()).toBe(false);
  expect(all.revoked).toContain(member.via.id);
  await refusal(all.accounts.signIn(user.email, thePassword, 'a'));
  await all.accounts.signIn(user.email, 'another password', 'a');
  expect((await all.authenticator.actorOf({ authorization: `Bearer ${secret}` }))?.userId).toBe(user.id);
});

test('a new link ends the earlier one, and a changed password ends both', async () => {
  const user = await all.aUser({ roles: { [unitId]: 'USER' } });
  const first = await all.members.resetPassword(admin, unitId, user.id);
  const second = await all.members.resetPassword(admin, unitId, user.id);
  expect((await refusal(accept(first))).code).toBe('NOT_FOUND');
  await all.accounts.changePassword(await all.signedIn(user), thePassword, 'another password');
  expect((await refusal(accept(second))).code).toBe('NOT_FOUND');
});

test('the links of a deactivated account are not valid', async () => {
  const { inviteUrl, user } = await invite();
  await all.members.updateMember(admin, { unitId, userId: user.id, active: false });
  expect((await refusal(accept(inviteUrl))).code).toBe('NOT_FOUND');
  expect((await refusal(all.members.resetPassword(admin, unitId, user.id))).code).toBe('BAD_USER_INPUT');
  await all.members.updateMember(admin, { unitId, userId: user.id, active: true });
  await accept(await all.members.resetPassword(admin, unitId, user.id));
});

test('an invitation withdrawn by removing its member is not valid; adding again makes a new one', async () => {
  const { inviteUrl, user } = await invite();
  await all.members.removeMember(admin, unitId, user.id);
  expect((await refusal(accept(inviteUrl))).code).toBe('NOT_FOUND');
  const again = await invite();
  expect(again.user.id).toBe(user.id);
  await accept(again.inviteUrl);
});

test('the token of a link is not stored in clear', async () => {
  const { inviteUrl } = await invite();
  const pattern = `%${tokenOf(inviteUrl)}%`;
  const found = 'SELECT id FROM one_time_link WHERE sealed_token LIKE ? OR token_hash LIKE ?';
  expect(await all.column(found, [pattern, pattern])).toEqual([]);
});
