import { type Role } from '../../src/access/role';
import { type UserEntity } from '../../src/access/user.entity';
import { Office } from '../access/callers';
import { safeModesAs } from '../access/safe-mode-of-office';
import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { SafeModeClient } from '../parts/safe-modes';

/** Safe modes by script: an API token is in one of its own, and acts with the lower of two roles. */
let office: Office;
beforeAll(async () => void (office = await Office.open()));
afterAll(() => office.server.stop());

const byToken = async (user: UserEntity, role: Role = 'ADMIN') =>
  SafeModeClient.as(office.server, office.unitId, await office.token(user, role));

/** An admin's browser, and two of their scripts. */
async function olga(): Promise<{
  user: UserEntity;
  browser: SafeModeClient;
  script: SafeModeClient;
  other: SafeModeClient;
}> {
  const user = await office.member('ADMIN');
  return {
    user,
    browser: await safeModesAs(office, user),
    script: await byToken(user),
    other: await byToken(user),
  };
}

/** An edit that says nothing of safe modes; answers the code of its refusal. */
async function withoutHeader({ configuration }: SafeModeClient): Promise<string | undefined> {
  const edit = configuration.in(undefined).setConfigKey(office.unique(), { value: 1 });
  return edit.then(
    () => undefined,
    ({ code }: { code: string }) => code,
  );
}

test('each script is in a safe mode of its own, and the browsers of its user in another', async () => {
  const { browser, script, other } = await olga();
  const first = await script.start({ name: 'By script' });
  expect(await browser.active()).toBeNull();
  expect(await other.active()).toBeNull();
  const second = await browser.start({ name: 'By hand' });
  await other.enter(first.id);
  expect([await script.active(), await other.active(), await browser.active()]).toMatchObject([
    { id: first.id },
    { id: first.id },
    { id: second.id },
  ]);
  await script.leave();
  expect([await script.active(), await other.active(), await browser.active()]).toMatchObject([
    null,
    { id: first.id },
    { id: second.id },
  ]);
});

test('a script that is in a safe mode loses its context; another one, and a browser, lose nothing by it', async () => {
  const { browser, script, other } = await olga();
  await script.start();
  expect(await withoutHeader(script)).toBe('SAFE_MODE_CONTEXT_LOST');
  expect(await withoutHeader(other)).toBeUndefined();
  expect(await withoutHeader(browser)).toBeUndefined();
  await script.leave();
  expect(await withoutHeader(script)).toBeUndefined();
});

test('what a script starts is its user’s: every one of theirs records in it, applies and deletes it', async () => {
  const { browser, script, other } = await olga();
  const { id } = await script.start();
  await other.in({ id }).setConfigKey(office.unique(), { value: 1 });
  await browser.in({ id }).setConfigKey(office.unique(), { value: 1 });
  expect(await other.find(id)).toMatchObject({ relation: 'OWNER', taskCount: 2 });
  expect(await browser.apply(id)).toMatchObject({ __typename: 'SafeModeApplied', taskCount: 2 });
  expect(await script.active()).toBeNull();
  const second = await browser.start();
  await script.enter(second.id);
  expect(await other.delete(second.id)).toBe(true);
  expect([await browser.active(), await script.active()]).toEqual([null, null]);
});

test('a script of somebody else previews, and changes nothing', async () => {
  const { browser } = await olga();
  const { script: foreign } = await olga();
  const key = office.unique();
  const { id } = await browser.start();
  await browser.in({ id }).setConfigKey(key, { value: 1 });
  const shown = await foreign.in({ id }).unit(`configKey(key: "${key}") { value }`);
  expect(shown).toEqual({ configKey: { value: 1 } });
  expect((await refusalOf(foreign.in({ id }).setConfigKey(key, { value: 2 }))).code).toBe(
    'SAFE_MODE_READ_ONLY',
  );
  expect((await refusalOf(foreign.apply(id))).code).toBe('NOT_OWNER');
});

test.each(['POWER_USER', 'USER', 'READONLY'] as const)(
  'an admin’s token with the role %s has nothing to do with safe modes',
  async (role) => {
    const { user, browser } = await olga();
    const { id } = await browser.start();
    const low = await byToken(user, role);
    for (const work of [
      low.find(id),
      low.list(),
      low.start(),
      low.enter(id),
      low.rename(id, 'By a lower token'),
      low.apply(id, 1),
      low.delete(id),
      low.undo(id),
      low.in({ id }).unit('plugins { totalCount }'),
      low.in({ id }).createWorkspace({ name: 'By a lower token' }),
    ])
      expect((await refusalOf(work)).code).toBe('FORBIDDEN');
    expect(await low.active()).toBeNull();
    expect(await browser.find(id)).toMatchObject({ status: 'OPEN', revision: 1, taskCount: 0 });
    expect(await low.presence()).toEqual(await browser.presence());
  },
);

test('a token goes down with its user, and is in none any more', async () => {
  const { user, script } = await olga();
  const { id } = await script.start();
  await office.unit.mutate(
    'updateMember',
    'UpdateMemberInput',
    { userId: user.id, role: 'POWER_USER' },
    'role',
  );
  expect(await script.active()).toBeNull();
  expect((await refusalOf(script.in({ id }).createWorkspace({ name: 'Recorded?' }))).code).toBe('FORBIDDEN');
  expect((await refusalOf(script.apply(id, 1))).code).toBe('FORBIDDEN');
  await script.configuration.in(undefined).createWorkspace({ name: 'Live, as a power user' });
  expect(await script.presence()).not.toContainEqual(expect.objectContaining({ safeModeId: id }));
});

test('a revoked or expired token is nobody’s, whatever it names; what it recorded stays its user’s', async () => {
  const { user, browser } = await olga();
  const { secret, token } = await office.server.app.tokens.create(office.actor(user), {
    unitId: office.unitId,
    name: 'Nightly',
    role: 'ADMIN',
  });
  const script = SafeModeClient.as(office.server, office.unitId, { token: secret });
  const { id } = await script.start();
  await script.in({ id }).setConfigKey(office.unique(), { value: 1 });
  await browser.configuration.request('mutation ($id: ID!) { revokeApiToken(id: $id) }', { id: token.id });
  for (const work of [
    script.in({ id }).setConfigKey('by nobody', { value: 1 }),
    script.configuration.in(undefined).setConfigKey('by nobody', { value: 1 }),
    script.apply(id, 2),
    script.leave(),
  ])
    expect((await refusalOf(work)).code).toBe('UNAUTHENTICATED');
  expect(await browser.apply(id)).toMatchObject({ __typename: 'SafeModeApplied', taskCount: 1 });
});

test('the token of another unit learns nothing of it, and writes nothing', async () => {
  const { browser } = await olga();
  const { id } = await browser.start();
  const stranger = office.user('member of another unit');
  const session = await office.session(stranger);
  const unitId = await office.server.firstUnitId(session);
  const made = await office.server.app.tokens.create(
    { ...office.actor(stranger), roles: new Map([[unitId, 'ADMIN']]) },
    { unitId, name: 'Elsewhere', role: 'ADMIN' },
  );
  const foreign = new ConfigurationClient(office.server, unitId, { token: made.secret }, id);
  for (const work of [foreign.unit('plugins { totalCount }'), foreign.setConfigKey('k', { value: 1 })])
    expect((await refusalOf(work)).errors[0]!.extensions).toEqual({ code: 'SAFE_MODE_CLOSED' });
  const here = SafeModeClient.as(office.server, office.unitId, { token: made.secret });
  for (const work of [here.find(id), here.enter(id), here.delete(id)])
    expect((await refusalOf(work)).code).toBe('NOT_FOUND');
  expect((await refusalOf(here.start())).code).toBe('FORBIDDEN');
  expect(await browser.find(id)).toMatchObject({ status: 'OPEN', revision: 1 });
});

test('a token and a session in one request: the token is who asks', async () => {
  const { browser, script } = await olga();
  await script.start();
  const both = { ...browser.configuration.as, ...script.configuration.as };
  const client = SafeModeClient.as(office.server, office.unitId, both);
  expect(await withoutHeader(client)).toBe('SAFE_MODE_CONTEXT_LOST');
  await client.leave();
  expect(await script.active()).toBeNull();
});
