import { days, hours } from '../../src/access/clock';
import { type Role } from '../../src/access/role';
import { type Accounts, openAccounts, refusal } from '../parts/accounts';

let all: Accounts;
let unitId: string;
beforeAll(async () => {
  all = await openAccounts();
  unitId = await all.aUnit();
});
afterAll(() => all.close());

const memberOf = async (unit: string, role: Role) =>
  all.signedIn(await all.aUser({ roles: { [unit]: role } }));

const aToken = async (actor: Awaited<ReturnType<typeof memberOf>>, role: Role = 'USER', expiresAt?: Date) =>
  all.tokens.create(actor, { unitId, name: 'Nightly export', role, expiresAt });

const use = (secret: string) => all.authenticator.actorOf({ authorization: `Bearer ${secret}` });

test('a token acts in its unit only, and never as organisation admin', async () => {
  const elsewhere = await all.aUnit('Sports');
  const user = await all.aUser({
    organisationAdmin: true,
    roles: { [unitId]: 'ADMIN', [elsewhere]: 'ADMIN' },
  });
  const { token, secret } = await aToken(await all.signedIn(user), 'POWER_USER');
  expect(secret).toMatch(/^sb_[\w-]{43}$/);
  expect(await use(secret)).toEqual({
    userId: user.id,
    email: user.email,
    name: user.name,
    organisationAdmin: false,
    roles: new Map([[unitId, 'POWER_USER']]),
    via: { kind: 'token', id: token.id },
  });
});

test('a token acts with the lower of its role and its user’s present role', async () => {
  const admin = await memberOf(unitId, 'ADMIN');
  const { secret } = await aToken(admin, 'ADMIN');
  const setRole = (role: Role) =>
    all.database.transaction((db) =>
      db.run('UPDATE membership SET role = ? WHERE user_id = ?', [role, admin.userId]),
    );
  await setRole('READONLY');
  expect((await use(secret))?.roles.get(unitId)).toBe('READONLY');
  await setRole('ADMIN');
  expect((await use(secret))?.roles.get(unitId)).toBe('ADMIN');
});

test.each<[Role, Role, string]>([
  ['ADMIN', 'ADMIN', 'made'],
  ['POWER_USER', 'ADMIN', 'FORBIDDEN'],
  ['USER', 'POWER_USER', 'FORBIDDEN'],
  ['USER', 'READONLY', 'made'],
  ['READONLY', 'READONLY', 'FORBIDDEN'],
])('a %s who asks for a token with role %s: %s', async (own, asked, outcome) => {
  const actor = await memberOf(unitId, own);
  const made = await aToken(actor, asked).then(
    () => 'made',
    (error: { code: string }) => error.code,
  );
  expect(made).toBe(outcome);
});

test('nobody makes a token in a unit of others', async () => {
  const stranger = await memberOf(await all.aUnit(), 'ADMIN');
  expect((await refusal(aToken(stranger))).code).toBe('FORBIDDEN');
});

test('a name and an expiry that are wrong are both told', async () => {
  const actor = await memberOf(unitId, 'USER');
  const bad = all.tokens.create(actor, { unitId, name: ' ', role: 'USER', expiresAt: new Date(0) });
  expect((await refusal(bad)).message).toBe(
    'input.name: must not be empty; input.expiresAt: must be in the future',
  );
});

test('expired, revoked, unknown tokens and those of deactivated or removed users are refused', async () => {
  const expired = await aToken(await memberOf(unitId, 'USER'), 'USER', new Date('2026-03-02T12:00:00.000Z'));
  await use(expired.secret);
  all.later(days(1));
  const owner = await memberOf(unitId, 'USER');
  const revoked = await aToken(owner);
  await all.tokens.revoke(owner, revoked.token.id);
  const inactive = await memberOf(unitId, 'USER');
  const ofInactive = await aToken(inactive);
  const gone = await memberOf(unitId, 'USER');
  const ofGone = await aToken(gone);
  await all.database.transaction(async (db) => {
    await db.run('UPDATE user SET active = ? WHERE id = ?', [false, inactive.userId]);
    await db.run('DELETE FROM membership WHERE user_id = ?', [gone.userId]);
  });
  for (const secret of [expired.secret, revoked.secret, ofInactive.secret, ofGone.secret, 'sb_unknown'])
    expect((await refusal(use(secret))).code).toBe('UNAUTHENTICATED');
});

test('a bad token is not made good by a cookie, but the sign-in of a proxy in front says nothing', async () => {
  const { cookie, userId } = await memberOf(unitId, 'USER');
  const both = all.authenticator.actorOf({ cookie, authorization: 'Bearer sb_unknown' });
  expect((await refusal(both)).code).toBe('UNAUTHENTICATED');
  const proxied = await all.authenticator.actorOf({ cookie, authorization: 'Basic YTpi' });
  expect(proxied?.userId).toBe(userId);
});

test('one’s own tokens and those of a unit that one manages can be revoked; others look like none', async () => {
  const owner = await memberOf(unitId, 'USER');
  const colleague = await memberOf(unitId, 'POWER_USER');
  const admin = await memberOf(unitId, 'ADMIN');
  const stranger = await memberOf(await all.aUnit(), 'ADMIN');
  const { token, secret } = await aToken(owner);
  expect((await refusal(all.tokens.revoke(colleague, token.id))).code).toBe('NOT_FOUND');
  expect((await refusal(all.tokens.revoke(stranger, token.id))).code).toBe('NOT_FOUND');
  expect((await refusal(all.tokens.revoke(admin, 'unknown'))).code).toBe('NOT_FOUND');
  await use(secret);
  await all.tokens.revoke(admin, token.id);
  await refusal(use(secret));
  expect(all.revoked).toContain(token.id);
});

test('an admin sees the tokens of a member only as far as they are of the own unit', async () => {
  const elsewhere = await all.aUnit();
  const user = await all.aUser({ roles: { [unitId]: 'USER', [elsewhere]: 'USER' } });
  const member = await all.signedIn(user);
  const here = await aToken(member);
  const there = await all.tokens.create(member, { unitId: elsewhere, name: 'There', role: 'USER' });
  const ids = async (actor: typeof member) =>
    (await all.tokens.visibleTokens(actor, user.id)).map(({ id }) => id);
  expect(await ids(member)).toEqual([here.token.id, there.token.id]);
  expect(await ids(await memberOf(unitId, 'ADMIN'))).toEqual([here.token.id]);
  expect(await ids(await memberOf(unitId, 'POWER_USER'))).toEqual([]);
});

test('use is written at most once a minute and audited at most once an hour', async () => {
  const { token } = await aToken(await memberOf(unitId, 'USER'));
  const uses = async () => {
    await all.tokens.touch(token.id);
    const lastUse = await all.column('SELECT last_used_at FROM api_token WHERE id = ?', [token.id]);
    const audited = await all.column("SELECT id FROM audit WHERE event = 'TOKEN_USED' AND detail LIKE ?", [
      `%${token.id}%`,
    ]);
    return { lastUse: String(lastUse[0]), audited: audited.length };
  };
  const first = await uses();
  expect(first.audited).toBe(1);
  all.later(60_000);
  expect(await uses()).toEqual(first);
  all.later(1);
  const second = await uses();
  expect(second.lastUse).not.toBe(first.lastUse);
  expect(second.audited).toBe(1);
  all.later(hours(1) + 1);
  expect((await uses()).audited).toBe(2);
});

test('the secret is not stored', async () => {
  const { secret } = await aToken(await memberOf(unitId, 'USER'));
  expect(
    await all.column('SELECT id FROM api_token WHERE token_hash = ? OR name = ?', [secret, secret]),
  ).toEqual([]);
});
