import { type UserEntity } from '../../src/access/user.entity';
import { type Role } from '../../src/access/role';
import { Office } from '../access/callers';
import { type Credentials } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { BannerListener } from './parts/banner-listener';

/** The bar on everybody's page, over real sockets. Each test has a unit of its own. */
let office: Office;
let unitId: string;
const open: BannerListener[] = [];
beforeAll(async () => void (office = await Office.open()));
afterAll(() => office.server.stop());

beforeEach(async () => void (unitId = await aUnit()));
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

async function aUnit(): Promise<string> {
  const { createUnit } = await office.unit.request<{ createUnit: { id: string } }>(
    'mutation { createUnit(name: "Sports") { id } }',
  );
  return createUnit.id;
}

interface Somebody {
  user: UserEntity;
  as: Credentials;
  safeModes: SafeModeClient;
  /** Another tab, or the only one, with the bar. */
  listen(): Promise<BannerListener>;
}

async function somebody(name: string, role: Role = 'ADMIN', unit = unitId): Promise<Somebody> {
  const user = await office.insertUser({ [unit]: role }, { name });
  const as = await office.session(user);
  return {
    user,
    as,
    safeModes: SafeModeClient.as(office.server, unit, as),
    async listen() {
      const listener = await BannerListener.open(office.server, unit, as);
      open.push(listener);
      return listener;
    },
  };
}

/** What the server does by itself every quarter of a minute. */
const sweep = () => office.server.app.safeModes.presences.sweep();

test('an ordinary user sees it appear, change and go', async () => {
  const olga = await somebody('Olga');
  const theo = await somebody('Theo');
  const bar = await (await somebody('Rita', 'READONLY')).listen();
  const { id } = await olga.safeModes.start({ name: 'Plan' });
  await bar.toldTimes(2);
  await theo.safeModes.enter(id);
  await bar.toldTimes(3);
  await olga.safeModes.rename(id, 'Grand plan');
  await bar.toldTimes(4);
  await theo.safeModes.leave();
  await bar.toldTimes(5);
  await olga.safeModes.apply(id);
  await bar.toldTimes(6);
  const second = await theo.safeModes.start({ name: 'Second' });
  await bar.toldTimes(7);
  await theo.safeModes.delete(second.id);
  await bar.toldTimes(8);
  expect(bar.inWords).toEqual([
    [],
    ['Olga in Plan (OWNER)'],
    ['Olga in Plan (OWNER)', 'Theo in Plan (PREVIEW)'],
    ['Olga in Grand plan (OWNER)', 'Theo in Grand plan (PREVIEW)'],
    ['Olga in Grand plan (OWNER)'],
    [],
    ['Theo in Second (OWNER)'],
    [],
  ]);
});

test('what is so already comes at once, and is the same as the unit’s presence', async () => {
  const olga = await somebody('Olga');
  const theo = await somebody('Theo');
  const { id } = await olga.safeModes.start({ name: 'Plan' });
  await theo.safeModes.start({ name: 'Other' });
  const rita = await somebody('Rita', 'USER');
  const bar = await rita.listen();
  expect(bar.told).toEqual([await rita.safeModes.presence()]);
  expect(bar.told[0]).toMatchObject([
    { user: { id: olga.user.id, name: 'Olga' }, safeModeId: id, relation: 'OWNER' },
    { user: { id: theo.user.id, name: 'Theo' }, relation: 'OWNER' },
  ]);
  expect(Date.parse(bar.told[0]![0]!.since)).toBeGreaterThan(Date.now() - 60_000);
});

test('everybody of the unit hears the same, whatever they may do; the relation is that of who is shown', async () => {
  const olga = await somebody('Olga');
  const theo = await somebody('Theo');
  const others = await Promise.all(
    (['READONLY', 'USER', 'POWER_USER', 'ADMIN'] as const).map((role) => somebody('Rita', role)),
  );
  const bars = await Promise.all([olga, theo, ...others].map((each) => each.listen()));
  const { id } = await olga.safeModes.start({ name: 'Plan' });
  await theo.safeModes.enter(id);
  for (const bar of bars) {
    await bar.until(() => bar.told.at(-1)?.length === 2);
    expect(bar.inWords.at(-1)).toEqual(['Olga in Plan (OWNER)', 'Theo in Plan (PREVIEW)']);
    expect(bar.told.at(-1)).toEqual(bars[0]!.told.at(-1));
  }
});

test('nobody of another unit hears of it, nor may ask', async () => {
  const elsewhere = await aUnit();
  const stranger = await somebody('Zoe', 'ADMIN', elsewhere);
  const bar = await stranger.listen();
  const olga = await somebody('Olga');
  await olga.safeModes.start({ name: 'Plan' });
  await stranger.safeModes.start({ name: 'Ours' });
  await bar.toldTimes(2);
  expect(bar.inWords).toEqual([[], ['Zoe in Ours (OWNER)']]);
  const asking = BannerListener.try(office.server, unitId, stranger.as);
  open.push(asking);
  await asking.until(() => asking.refusals.length > 0);
  expect(asking.refusals).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

test('what a safe mode holds goes to nobody: only who, what it is called, and since when', async () => {
  const olga = await somebody('Olga');
  const bar = await (await somebody('Rita', 'READONLY')).listen();
  const { id } = await olga.safeModes.start({ name: '<b>Plan</b> "&' });
  const recorded = olga.safeModes.in({ id });
  await recorded.setConfigKey('api-of-the-plan', { value: 'value-of-the-plan', secret: true });
  await recorded.createProfile({ name: 'profile-of-the-plan' });
  await bar.toldTimes(2);
  await olga.safeModes.apply(id);
  await bar.toldTimes(3);

  expect(bar.frames.join()).not.toContain('of-the-plan');
  const [shown] = bar.told[1]!;
  expect(shown).toEqual({
    user: { id: olga.user.id, name: 'Olga' },
    safeModeId: id,
    safeModeName: '<b>Plan</b> "&',
    relation: 'OWNER',
    since: expect.stringMatching(/^\d{4}-.*Z$/) as string,
  });
});

test.each([
  'safeMode { id }',
  'tasks { id }',
  'taskCount',
  'user { email }',
  'user { id activeSafeMode(unitId: "x") { id } }',
])('there is no %s to ask for', async (fields) => {
  const { as } = await somebody('Rita', 'READONLY');
  const asking = BannerListener.try(office.server, unitId, as, fields);
  open.push(asking);
  await asking.until(() => asking.refusals.length > 0);
  expect(asking.refusals).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  expect(asking.told).toEqual([]);
});

test('two tabs of one user are one; closing one of them changes nothing', async () => {
  const olga = await somebody('Olga');
  const bar = await (await somebody('Rita', 'USER')).listen();
  const [first, second] = [await olga.listen(), await olga.listen()];
  const { id } = await olga.safeModes.start({ name: 'Plan' });
  await bar.toldTimes(2);
  await first.close();
  await sweep();
  await olga.safeModes.rename(id, 'Still there');
  await bar.toldTimes(3);
  expect(bar.inWords.slice(1)).toEqual([['Olga in Plan (OWNER)'], ['Olga in Still there (OWNER)']]);
  await second.until(() => second.inWords.at(-1)?.[0] === 'Olga in Still there (OWNER)');
});

test('who is demoted vanishes from every bar; their own socket is closed, and opened again it does not bring them back', async () => {
  const olga = await somebody('Olga');
  const bar = await (await somebody('Rita', 'USER')).listen();
  const own = await olga.listen();
  await olga.safeModes.start({ name: 'Plan' });
  await bar.toldTimes(2);
  await office.unit.request(
    'mutation ($input: UpdateMemberInput!) { updateMember(input: $input) { role } }',
    { input: { unitId, userId: olga.user.id, role: 'USER' } },
  );
  await own.until(() => own.closings.length > 0);
  expect(own.closings).toEqual([4403]);
  await sweep();
  await bar.toldTimes(3);
  const again = await olga.listen();
  expect(again.told).toEqual([[]]);
  expect(bar.inWords).toEqual([[], ['Olga in Plan (OWNER)'], []]);
});

test('a script follows it with an API token, and is shown as its user', async () => {
  const olga = await somebody('Olga');
  const made = await office.server.app.tokens.create(
    { ...office.actor(olga.user), roles: new Map([[unitId, 'ADMIN']]) },
    { unitId, name: 'Nightly', role: 'ADMIN' },
  );
  const as = { token: made.secret };
  const bar = await BannerListener.open(office.server, unitId, as);
  open.push(bar);
  const script = SafeModeClient.as(office.server, unitId, as);
  const { id } = await script.start({ name: 'By script' });
  await bar.toldTimes(2);
  expect(await olga.safeModes.active()).toBeNull();
  await olga.safeModes.enter(id);
  await script.leave();
  await olga.safeModes.leave();
  await bar.toldTimes(3);
  expect(bar.inWords).toEqual([[], ['Olga in By script (OWNER)'], []]);
});
