import { type Accounts, openAccounts, refusal, thePassword } from '../parts/accounts';

let all: Accounts;
beforeEach(async () => void (all = await openAccounts()));
afterEach(() => all.close());

const noSettings = { firstUnit: { name: 'My unit', sample: false } };
const input = {
  email: 'Ada@example.org',
  name: 'Ada',
  password: thePassword,
  unitName: 'Newsroom',
  sampleUnit: false,
};

async function startToken(): Promise<string> {
  const token = await all.setUp.start(noSettings);
  if (!token) throw new Error('There is nothing to set up');
  return token;
}

test('the token made at start makes the first organisation admin and the first unit, and signs in', async () => {
  const token = await startToken();
  expect(await all.setUp.needsSetUp()).toBe(true);
  const { session } = await all.setUp.setUp(token, input);
  const actor = await all.authenticator.actorOfSession(session.token);
  expect(actor).toMatchObject({ email: 'ada@example.org', name: 'Ada', organisationAdmin: true });
  expect([...(actor?.roles.values() ?? [])]).toEqual(['ADMIN']);
  expect(await all.column('SELECT name FROM unit')).toEqual(['Newsroom']);
  expect(await all.setUp.needsSetUp()).toBe(false);
  expect(all.filled).toEqual([]);
});

test('twice at the same time makes one admin and one unit', async () => {
  const token = await startToken();
  const outcomes = await Promise.allSettled(
    ['ada', 'eve', 'joe'].map((name) => all.setUp.setUp(token, { ...input, email: `${name}@example.org` })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'FORBIDDEN' });
  expect(await all.column('SELECT id FROM user')).toHaveLength(1);
  expect(await all.column('SELECT id FROM unit')).toHaveLength(1);
});

test('a wrong, an earlier or a used token is refused', async () => {
  const earlier = await startToken();
  const token = await startToken();
  expect((await refusal(all.setUp.setUp('wrong', input))).code).toBe('FORBIDDEN');
  expect((await refusal(all.setUp.setUp(earlier, input))).code).toBe('FORBIDDEN');
  await all.setUp.setUp(token, input);
  expect((await refusal(all.setUp.setUp(token, { ...input, email: 'eve@example.org' }))).code).toBe(
    'FORBIDDEN',
  );
  expect(await all.setUp.start(noSettings)).toBeUndefined();
});

test('every fault is told, and the token stays good', async () => {
  const token = await startToken();
  const bad = { ...input, email: 'ada', name: '', password: 'short', unitName: ' ' };
  expect((await refusal(all.setUp.setUp(token, bad))).message.split('; ')).toEqual([
    'input.email: must be an e-mail address',
    'input.name: must not be empty',
    'input.password: must have at least 8 characters',
    'input.unitName: must not be empty',
  ]);
  await all.setUp.setUp(token, input);
});

test('settings that name an admin do the same without a token, once, also on several servers', async () => {
  const settings = {
    firstAdmin: { email: 'ada@example.org', password: thePassword },
    firstUnit: { name: 'Newsroom', sample: true },
  };
  const tokens = await Promise.all([all.setUp.start(settings), all.setUp.start(settings)]);
  expect(tokens).toEqual([undefined, undefined]);
  expect(await all.column('SELECT email FROM user')).toEqual(['ada@example.org']);
  const units = await all.column('SELECT id FROM unit');
  expect(units).toHaveLength(1);
  expect(all.filled).toEqual(units);
  await all.accounts.signIn('ada@example.org', thePassword, 'a');
});

test('the sample fills the unit when asked for', async () => {
  await all.setUp.setUp(await startToken(), { ...input, sampleUnit: true });
  expect(all.filled).toEqual(await all.column('SELECT id FROM unit'));
});

test('the token is not stored', async () => {
  const token = await startToken();
  expect(await all.column('SELECT name FROM installation WHERE value LIKE ?', [`%${token}%`])).toEqual([]);
});
