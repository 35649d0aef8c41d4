import { minutes } from '../../src/access/clock';
import { type Accounts, openAccounts, refusal, thePassword } from '../parts/accounts';

let all: Accounts;
beforeAll(async () => void (all = await openAccounts()));
afterAll(() => all.close());

const signIn = (email: string, password = thePassword, address = '192.0.2.1') =>
  all.accounts.signIn(email, password, address);

test('the right password begins a session that the cookie is recognised by', async () => {
  const user = await all.aUser({ email: 'ada@example.org', name: 'Ada' });
  const { session } = await signIn(' Ada@Example.ORG ');
  expect(await all.authenticator.actorOf({ cookie: `a=b; safeboard_session=${session.token}` })).toEqual({
    userId: user.id,
    email: 'ada@example.org',
    name: 'Ada',
    organisationAdmin: false,
    roles: new Map(),
    via: { kind: 'session', id: session.id },
  });
});

test('wrong password, unknown e-mail, deactivated account and open invitation look the same', async () => {
  const { email } = await all.aUser();
  const inactive = await all.aUser({ active: false });
  const invited = await all.aUser({ invited: true });
  const refusals = [
    await refusal(signIn(email, 'wrong password')),
    await refusal(signIn('nobody@example.org')),
    await refusal(signIn(inactive.email)),
    await refusal(signIn(invited.email)),
    await refusal(signIn(invited.email, '')),
    await refusal(signIn(email, 'x'.repeat(5000))),
  ];
  expect(new Set(refusals.map((one) => JSON.stringify(one)))).toEqual(
    new Set([JSON.stringify({ code: 'UNAUTHENTICATED', message: 'E-mail or password is wrong.' })]),
  );
});

test('a password is compared also for an e-mail that nobody has', async () => {
  const compared = jest.spyOn(all.passwords, 'matches');
  await refusal(signIn('nobody-else@example.org', 'some password'));
  expect(compared).toHaveBeenCalledWith('some password', undefined);
  compared.mockRestore();
});

test('after ten wrong tries for an e-mail even the right password has to wait', async () => {
  const { email } = await all.aUser();
  for (let i = 0; i < 10; i++) await refusal(signIn(email, 'wrong', `198.51.100.${i}`));
  expect((await refusal(signIn(email))).code).toBe('RATE_LIMITED');
  all.later(minutes(15) + 1);
  await signIn(email);
});

test('tries at the same time do not slip through together', async () => {
  const { email } = await all.aUser();
  const tries = Array.from({ length: 16 }, (_, i) => refusal(signIn(email, 'wrong', `198.51.100.${i}`)));
  const codes = (await Promise.all(tries)).map(({ code }) => code);
  expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(6);
});

test('a right password forgets the wrong tries for the e-mail', async () => {
  const { email } = await all.aUser();
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 9; i++) await refusal(signIn(email, 'wrong', `203.0.113.${i}`));
    await signIn(email, thePassword, '203.0.113.99');
  }
});

test('wrong tries from one address are limited whatever the e-mail, right ones are not counted', async () => {
  const address = '192.0.2.77';
  const { email } = await all.aUser();
  await signIn(email, thePassword, address);
  for (let i = 0; i < 50; i++) {
    expect((await refusal(signIn(`guess-${i}@example.org`, 'wrong', address))).code).toBe('UNAUTHENTICATED');
  }
  expect((await refusal(signIn(email, thePassword, address))).code).toBe('RATE_LIMITED');
  await signIn(email, thePassword, '192.0.2.78');
});

test('sign-ins and failures are audited, without what was typed', async () => {
  const { id, email } = await all.aUser();
  await signIn(email);
  await refusal(signIn(email, 'a secret typo'));
  expect(await all.column('SELECT event FROM audit WHERE user_id = ? ORDER BY at, id', [id])).toEqual([
    'SIGNED_IN',
    'SIGN_IN_FAILED',
  ]);
  expect(await all.column("SELECT id FROM audit WHERE detail LIKE '%typo%' OR detail LIKE '%@%'")).toEqual(
    [],
  );
});
