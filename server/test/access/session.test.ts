import { setTimeout as pause } from 'node:timers/promises';
import { days, minutes } from '../../src/access/clock';
import { type Accounts, openAccounts, refusal, thePassword } from '../parts/accounts';

let all: Accounts;
beforeAll(async () => void (all = await openAccounts()));
afterAll(() => all.close());

const isKnown = async ({ cookie }: { cookie: string }) =>
  (await all.authenticator.actorOf({ cookie })) !== undefined;

const lastUse = async (sessionId: string) =>
  String((await all.column('SELECT last_used_at FROM session WHERE id = ?', [sessionId]))[0]);

/** The use is noted in the background. */
async function changed(value: () => Promise<string>, from: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const present = await value();
    if (present !== from) return present;
    await pause(10);
  }
  throw new Error('It never changed');
}

test('a session that is not used for 30 days is over', async () => {
  const session = await all.signedIn(await all.aUser());
  all.later(days(30) - 1);
  expect(await isKnown(session)).toBe(true);
  const idle = await all.signedIn(await all.aUser());
  all.later(days(30));
  expect(await isKnown(idle)).toBe(false);
});

test('a session is over after 90 days however much it is used', async () => {
  const session = await all.signedIn(await all.aUser());
  for (let i = 0; i < 4; i++) {
    const before = await lastUse(session.via.id);
    all.later(days(20));
    expect(await isKnown(session)).toBe(true);
    await changed(() => lastUse(session.via.id), before);
  }
  all.later(days(10) - 1);
  expect(await isKnown(session)).toBe(true);
  all.later(1);
  expect(await isKnown(session)).toBe(false);
});

test('the last use is written at most once a minute', async () => {
  const session = await all.signedIn(await all.aUser());
  const begun = await lastUse(session.via.id);
  all.later(minutes(1));
  await all.sessions.touch(session.via.id);
  expect(await lastUse(session.via.id)).toBe(begun);
  all.later(1);
  await all.sessions.touch(session.via.id);
  expect(await lastUse(session.via.id)).not.toBe(begun);
});

test('a cookie that is stale, made up or empty is nobody', async () => {
  for (const cookie of ['safeboard_session=', 'safeboard_session=made-up', 'other=1', '', undefined])
    expect(await all.authenticator.actorOf({ cookie })).toBeUndefined();
});

test('the token of a session is not stored', async () => {
  const { cookie } = await all.signedIn(await all.aUser());
  const [, token] = cookie.split('=');
  expect(await all.column('SELECT id FROM session WHERE token_hash = ?', [token ?? ''])).toEqual([]);
});

test('a deactivated account is nobody at once', async () => {
  const user = await all.aUser();
  const session = await all.signedIn(user);
  await all.database.transaction((db) => db.run('UPDATE user SET active = ? WHERE id = ?', [false, user.id]));
  expect(await isKnown(session)).toBe(false);
});

test('signing out ends the session and closes its sockets', async () => {
  const session = await all.signedIn(await all.aUser());
  await all.accounts.signOut(session);
  expect(await isKnown(session)).toBe(false);
  expect(all.revoked).toContain(session.via.id);
});

test('changing the password ends the other sessions, not the own one', async () => {
  const user = await all.aUser();
  const own = await all.signedIn(user);
  const other = await all.signedIn(user);
  const strangers = await all.signedIn(await all.aUser());
  await all.accounts.changePassword(own, thePassword, 'another password');
  expect(await Promise.all([own, other, strangers].map(isKnown))).toEqual([true, false, true]);
  expect(all.revoked).toContain(other.via.id);
  expect(all.revoked).not.toContain(own.via.id);
  await refusal(all.accounts.signIn(user.email, thePassword, 'a'));
  await all.accounts.signIn(user.email, 'another password', 'a');
});

test('a wrong present password or an unfit new one changes nothing', async () => {
  const user = await all.aUser();
  const own = await all.signedIn(user);
  expect(await refusal(all.accounts.changePassword(own, 'wrong', 'another password'))).toEqual({
    code: 'BAD_USER_INPUT',
    message: 'current: is not your present password',
  });
  expect(await refusal(all.accounts.changePassword(own, thePassword, 'short'))).toEqual({
    code: 'BAD_USER_INPUT',
    message: 'password: must have at least 8 characters',
  });
  await all.accounts.signIn(user.email, thePassword, 'a');
});

test('the present password cannot be guessed through a stolen session', async () => {
  const own = await all.signedIn(await all.aUser());
  for (let i = 0; i < 10; i++) await refusal(all.accounts.changePassword(own, 'wrong', 'another password'));
  expect((await refusal(all.accounts.changePassword(own, thePassword, 'another password'))).code).toBe(
    'RATE_LIMITED',
  );
});
