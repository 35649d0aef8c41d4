import 'reflect-metadata';
import { type Role } from '../../src/access/role';
import { UnitSafeModesResolver } from '../../src/safe-mode/unit-safe-modes.resolver';
import { Office } from '../access/callers';
import { SafeModeClient } from '../parts/safe-modes';
import { BannerListener } from '../safe-mode/parts/banner-listener';

/** That many listeners cost one execution for each event, and hear what each of them would hear alone. */
const switches = { together: 'true', alone: 'false' } as const;
type Switch = keyof typeof switches;

const roles: readonly Role[] = ['READONLY', 'USER', 'POWER_USER', 'ADMIN'];
const offices: Partial<Record<Switch, Office>> = {};
beforeAll(async () => {
  for (const [name, value] of Object.entries(switches))
    offices[name as Switch] = await Office.open({ SHARED_SUBSCRIPTIONS: value });
});
afterAll(() => Promise.all(Object.values(offices).map((office) => office.server.stop())));
afterEach(() => jest.restoreAllMocks());

/** Listeners of every role, each with a socket of their own, and somebody who starts and renames a safe mode. */
async function aStory(office: Office) {
  const listeners: BannerListener[] = [];
  for (const role of roles) {
    const as = await office.session(await office.member(role));
    for (let tab = 0; tab < 3; tab++)
      listeners.push(await BannerListener.open(office.server, office.unitId, as));
  }
  const owner = await office.member('ADMIN');
  const client = SafeModeClient.as(office.server, office.unitId, await office.session(owner));
  return { listeners, client, owner };
}

const close = (listeners: readonly BannerListener[]) =>
  Promise.all(listeners.map((listener) => listener.close()));

test.each(['together', 'alone'] as const)('%s, everybody hears every change once', async (name) => {
  const office = offices[name]!;
  const { listeners, client, owner } = await aStory(office);
  const { id } = await client.start({ name: 'Plan' });
  for (const listener of listeners) await listener.toldTimes(2);
  await client.rename(id, 'Grand plan');
  for (const listener of listeners) await listener.toldTimes(3);
  for (const { inWords } of listeners)
    expect(inWords).toEqual([[], [`${owner.name} in Plan (OWNER)`], [`${owner.name} in Grand plan (OWNER)`]]);
  await client.delete(id);
  for (const listener of listeners) await listener.toldTimes(4);
  await close(listeners);
});

test('together, the presence is read once for each event, and its answer is executed once', async () => {
  const office = offices.together!;
  const { listeners, client } = await aStory(office);
  const reads = jest.spyOn(office.server.app.safeModes.presences, 'inUnit');
  const executions = jest.spyOn(UnitSafeModesResolver.prototype, 'safeModeBanner');
  const { id } = await client.start({ name: 'Plan' });
  for (const listener of listeners) await listener.toldTimes(2);
  const perEvent = { reads: reads.mock.calls.length, executions: executions.mock.calls.length };
  await client.delete(id);
  await close(listeners);
  expect(perEvent).toEqual({ reads: 1, executions: 1 });
});

test('together, who asks for other fields, or with another id, gets what they asked for', async () => {
  const office = offices.together!;
  const as = await office.session(await office.member('USER'));
  const few = BannerListener.try(office.server, office.unitId, as, 'name: safeModeName');
  const all = await BannerListener.open(office.server, office.unitId, as);
  const client = SafeModeClient.as(
    office.server,
    office.unitId,
    await office.session(await office.member('ADMIN')),
  );
  const { id } = await client.start({ name: 'Plan' });
  await Promise.all([few.toldTimes(2), all.toldTimes(2)]);
  expect(few.told[1]).toEqual([{ name: 'Plan' }]);
  expect(Object.keys(all.told[1]![0]!)).toContain('relation');
  await client.delete(id);
  await close([few, all]);
});

test('together, who may not listen hears nothing, also while others do', async () => {
  const office = offices.together!;
  const { listeners, client } = await aStory(office);
  const stranger = await office.session(await office.insertUser({}));
  const asking = BannerListener.try(office.server, office.unitId, stranger);
  await asking.until(() => asking.refusals.length > 0);
  const { id } = await client.start({ name: 'Plan' });
  for (const listener of listeners) await listener.toldTimes(2);
  expect(asking.refusals).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect(asking.frames.join()).not.toContain('Plan');
  await client.delete(id);
  await close([...listeners, asking]);
});
