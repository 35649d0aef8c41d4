import { type UserEntity } from '../../src/access/user.entity';
import { Office } from '../access/callers';
import { safeModesAs } from '../access/safe-mode-of-office';
import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { SafeModeClient } from '../parts/safe-modes';

/** Being in a safe mode: entered and left, the same in every browser of a user. */
let office: Office;
beforeAll(async () => void (office = await Office.open()));
afterAll(() => office.server.stop());

const anAdmin = () => office.member('ADMIN');
const inBrowser = (user: UserEntity) => safeModesAs(office, user);

/** Two browsers of one admin. */
async function twoBrowsers(): Promise<[SafeModeClient, SafeModeClient, UserEntity]> {
  const user = await anAdmin();
  return [await inBrowser(user), await inBrowser(user), user];
}

const isLost = async ({ configuration }: SafeModeClient) => {
  const key = office.unique();
  const code = await configuration
    .in(undefined)
    .setConfigKey(key, { value: 1 })
    .then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
  expect([undefined, 'SAFE_MODE_CONTEXT_LOST']).toContain(code);
  return code !== undefined;
};

test('who starts one is in it, in every browser', async () => {
  const [here, there] = await twoBrowsers();
  expect(await there.active()).toBeNull();
  const { id, name } = await here.start();
  expect(await there.active()).toEqual({ id, name });
  expect(await isLost(there)).toBe(true);
});

test('entering another, or starting one, takes its place; what was recorded stays', async () => {
  const [here, there] = await twoBrowsers();
  const first = await here.start();
  await here.in(first).createProfile({ name: office.unique() });
  const second = await there.start();
  expect(await here.active()).toMatchObject({ id: second.id });
  await here.enter(first.id);
  expect(await there.active()).toMatchObject({ id: first.id });
  expect(await here.find(first.id)).toMatchObject({ status: 'OPEN', taskCount: 1, revision: 2 });
  expect(await here.find(second.id)).toMatchObject({ status: 'OPEN', revision: 1 });
});

test('leaving goes back to what is live, in every browser; the safe mode stays', async () => {
  const [here, there] = await twoBrowsers();
  const { id } = await here.start();
  await here.in({ id }).createProfile({ name: office.unique() });
  expect(await there.leave()).toBe(true);
  expect(await here.active()).toBeNull();
  expect(await isLost(here)).toBe(false);
  expect(await here.find(id)).toMatchObject({ status: 'OPEN', taskCount: 1 });
  expect(await here.leave()).toBe(true);
});

test('signing out leaves nothing: it is still theirs in every browser', async () => {
  const [here, there] = await twoBrowsers();
  const { id } = await here.start();
  await here.configuration.request('mutation { signOut }');
  expect(await there.active()).toMatchObject({ id });
});

test('in each unit they are in one of its own', async () => {
  const user = await office.insertUser({ [office.unitId]: 'ADMIN' }, { organisationAdmin: true });
  const here = await inBrowser(user);
  const { createUnit } = await here.configuration.request<{ createUnit: { id: string } }>(
    'mutation { createUnit(name: "Sports") { id } }',
  );
  const there = new SafeModeClient(
    new ConfigurationClient(office.server, createUnit.id, here.configuration.as, 'none'),
  );
  const [first, second] = [await here.start(), await there.start()];
  expect([(await here.active())?.id, (await there.active())?.id]).toEqual([first.id, second.id]);
  await there.leave();
  expect([(await here.active())?.id, await there.active()]).toEqual([first.id, null]);
});

test.each(['applied', 'deleted'] as const)(
  'when it is %s, everybody who was in it is live again',
  async (end) => {
    const owner = await inBrowser(await anAdmin());
    const previewers = [await inBrowser(await anAdmin()), await inBrowser(await anAdmin())];
    const elsewhere = await inBrowser(await anAdmin());
    const other = await elsewhere.start();
    const { id } = await owner.start();
    for (const previewer of previewers) expect((await previewer.enter(id)).id).toBe(id);

    await (end === 'applied' ? owner.apply(id) : owner.delete(id));
    for (const client of [owner, ...previewers]) {
      expect(await client.active()).toBeNull();
      expect(await isLost(client)).toBe(false);
      expect((await refusalOf(client.enter(id))).code).toBe('SAFE_MODE_CLOSED');
      expect(await client.active()).toBeNull();
    }
    expect(await elsewhere.active()).toMatchObject({ id: other.id });
  },
);

test('who is no admin any more is in none; they are free to write live what they still may, and to leave', async () => {
  const [here, , user] = await twoBrowsers();
  const safeMode = await here.start();
  const update = (role: string) =>
    office.unit.mutate('updateMember', 'UpdateMemberInput', { userId: user.id, role }, 'role');
  await update('POWER_USER');
  expect(await here.active()).toBeNull();
  const { id } = await here.configuration.in(undefined).createWorkspace({ name: 'Live' });
  expect(await office.unit.unit(`workspace(id: "${id}") { name }`)).toEqual({ workspace: { name: 'Live' } });
  expect(await here.leave()).toBe(true);
  await update('ADMIN');
  expect(await here.active()).toBeNull();
  expect(await here.find(safeMode.id)).toMatchObject({ status: 'OPEN', taskCount: 0 });
});

test('nobody sees which one others are in, not even admins', async () => {
  const [here] = await twoBrowsers();
  await here.start();
  const { members } = await office.unit.unit<{
    members: { nodes: { user: { activeSafeMode: unknown } }[] };
  }>('members(first: 200) { nodes { user { activeSafeMode(unitId: $unitId) { id } } } }');
  expect(members.nodes.map(({ user }) => user.activeSafeMode)).toEqual(members.nodes.map(() => null));
});

test('one that is unknown or of another unit is none to enter, and the present one stays', async () => {
  const [here] = await twoBrowsers();
  const { id } = await here.start();
  const elsewhere = await office.credentials('member of another unit');
  const there = SafeModeClient.as(office.server, await office.server.firstUnitId(elsewhere), elsewhere);
  const foreign = await there.start();
  for (const unknown of ['nobody knows', '', foreign.id])
    expect((await refusalOf(here.enter(unknown))).code).toBe('NOT_FOUND');
  expect(await here.active()).toMatchObject({ id });
});

test('a header alone reads and records, also for whoever is in none or in another', async () => {
  const [here] = await twoBrowsers();
  const first = await here.start();
  const second = await here.start();
  await here.in(first).setConfigKey('by header', { value: 1 });
  await here.leave();
  await here.in(second).setConfigKey('by header', { value: 2 });
  expect(await here.find(first.id)).toMatchObject({ taskCount: 1 });
  expect(await here.in(second).unit('configKey(key: "by header") { value }')).toEqual({
    configKey: { value: 2 },
  });
  expect(await here.active()).toBeNull();
});

test('who enters one in many tabs at once, and leaves it in many, is in it, and in none; nothing breaks', async () => {
  const user = await anAdmin();
  const tabs = await Promise.all(Array.from({ length: 8 }, () => inBrowser(user)));
  const { id } = await tabs[0]!.start();
  for (let round = 0; round < 5; round++) {
    await Promise.all(tabs.map((tab) => tab.leave()));
    expect(await tabs[0]!.active()).toBeNull();
    await Promise.all(tabs.map((tab) => tab.enter(id)));
    expect(await tabs[0]!.active()).toMatchObject({ id });
  }
});
