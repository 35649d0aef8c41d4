import { type PlanEntry } from '../../src/backup/plan/plan-content';
import { type StoredPlan } from '../../src/backup/plan/plan.store';
import {
  aConfigKey,
  clockId,
  deskId,
  everybodyId,
  ownId,
  someConfiguration,
  theSecret,
  wireId,
} from './parts/configuration';
import { type Desk, linesOf, openDesk, thePassword } from './parts/desk';
import { fileOfLines } from './parts/hand-made';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const entriesOf = ({ id }: StoredPlan): Promise<PlanEntry[]> => desk.work.plans.entries(id, {}, 200);

test('a plan for the present state changes nothing', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const plan = await desk.plan(admin, unitId, await desk.fileOf(admin, unitId));
  const counts = { plugins: 2, workspaces: 2, applications: 2, profiles: 2, configKeys: 4 };
  const none = { plugins: 0, workspaces: 0, applications: 0, profiles: 0, configKeys: 0 };
  expect(plan.content).toMatchObject({ counts, same: counts, added: none, removed: none, changed: none });
  expect(plan.unitRevision).toBe(2);
  expect(await entriesOf(plan)).toEqual([]);
});

test('a plan tells what comes, goes and changes, field by field, and never a secret', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const file = await desk.fileOf(admin, unitId);
  const [clock, , workspace, , profile] = someConfiguration();
  await desk.edit(unitId, [
    {
      ...clock!,
      before: clock!.after,
      after: {
        ...clock!.after,
        enabled: false,
        configuration: { zone: 'UTC', apiKey: 'another secret' },
        mappings: {},
      },
    },
    {
      ...workspace!,
      before: workspace!.after,
      after: {
        ...workspace!.after,
        applications: { moved: { pluginId: wireId, area: 'main', position: 0, configuration: {} } },
      },
    },
    { ...profile!, before: profile!.after, after: undefined },
    { ...aConfigKey('feed', 1, { secret: true }), before: { key: 'feed', value: 2, secret: true } },
    aConfigKey('new key', { a: 1 }),
    { ...aConfigKey('banner', 1), before: aConfigKey('banner', 1).after, after: undefined },
  ]);

  const plan = await desk.plan(admin, unitId, file);

  expect(plan.content).toMatchObject({
    added: { plugins: 0, workspaces: 0, applications: 2, profiles: 1, configKeys: 1 },
    removed: { plugins: 0, workspaces: 0, applications: 1, profiles: 0, configKeys: 1 },
    changed: { plugins: 1, workspaces: 1, applications: 0, profiles: 0, configKeys: 1 },
    same: { plugins: 1, workspaces: 1, applications: 0, profiles: 1, configKeys: 2 },
  });
  const entries = await entriesOf(plan);
  const entry = (id: string) => entries.find((one) => one.id === id);
  expect(entry(clockId)).toMatchObject({ kind: 'PLUGIN', name: 'Clock', difference: 'CHANGED' });
  expect(entry(clockId)?.fields).toEqual(
    expect.arrayContaining([
      { path: '/enabled', from: false, to: true, masked: false },
      { path: '/configuration/zone', from: 'UTC', to: 'Europe/Vienna', masked: false },
      { path: '/configuration/apiKey', masked: true },
      { path: '/mappings/open.story', to: { pluginId: wireId, name: 'openStory' }, masked: false },
    ]),
  );
  expect(
    entry(deskId)
      ?.fields.map(({ path }) => path)
      .sort(),
  ).toEqual([
    '/applications/01900000-0000-7000-8000-000000000a01',
    '/applications/01900000-0000-7000-8000-000000000a02',
    '/applications/moved',
  ]);
  expect(entry(everybodyId)).toEqual({
    kind: 'PROFILE',
    id: everybodyId,
    name: 'Everybody',
    difference: 'ADDED',
    fields: [],
  });
  expect(entry('feed')).toMatchObject({ difference: 'CHANGED', fields: [{ path: '/value', masked: true }] });
  expect(entry('new key')).toMatchObject({ difference: 'REMOVED' });
  expect(entry('banner')).toMatchObject({ difference: 'ADDED' });
  expect(entry(ownId)).toBeUndefined();
  expect(JSON.stringify(entries)).not.toContain(theSecret);
  expect(await desk.work.plans.entries(plan.id, { kind: 'CONFIG_KEY', difference: 'ADDED' }, 1)).toHaveLength(
    1,
  );
});

test('keys of objects in another order, and roles in another order, are the same', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const lines = await linesOf(await desk.fileOf(admin, unitId));
  const turned = lines
    .map((line) => line.replace('["ADMIN","POWER_USER"]', '["POWER_USER","ADMIN"]'))
    .map((line) =>
      line
        .replace('"zone":"Europe/Vienna","apiKey":{"id":7,', '"apiKey":{"id":7,')
        .replace('"__proto__x":1', '"__proto__x":1,"zone":"Europe/Vienna"'),
    );
  expect(turned).not.toEqual(lines);
  const plan = await desk.plan(admin, unitId, await fileOfLines(turned, thePassword));
  expect(plan.content.same).toEqual(plan.content.counts);
});

test('only the first 200 of a kind are listed, all are counted', async () => {
  const { unitId, admin } = await desk.aUnit();
  const file = await desk.fileOf(admin, unitId);
  await desk.edit(
    unitId,
    Array.from({ length: 300 }, (_, index) => aConfigKey(`key ${index}`, index)),
  );
  const plan = await desk.plan(admin, unitId, file);
  expect(plan.content.removed.configKeys).toBe(300);
  expect(await entriesOf(plan)).toHaveLength(200);
});

test('long values are cut in the plan, not in the import', async () => {
  const { unitId, admin } = await desk.aUnit();
  const long = 'x'.repeat(50_000);
  await desk.edit(unitId, [aConfigKey('long', long)]);
  const file = await desk.fileOf(admin, unitId);
  await desk.edit(unitId, [{ ...aConfigKey('long', 'short'), before: aConfigKey('long', long).after }]);
  const [entry] = await entriesOf(await desk.plan(admin, unitId, file));
  expect(JSON.stringify(entry).length).toBeLessThan(3_000);
  expect(entry?.fields[0]).toMatchObject({ from: 'short' });
  await desk.import(admin, unitId, file);
  const lines = await linesOf(await desk.fileOf(admin, unitId));
  expect(lines.some((line) => line.includes(long))).toBe(true);
});

test('owners who are no members of the unit are warned of once', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, [
    ...someConfiguration(),
    {
      kind: 'WORKSPACE',
      id: 'mine',
      after: { name: 'Mine', layout: 'single', shared: false, owner: admin.email, applications: {} },
    },
  ]);
  const { content } = await desk.plan(admin, unitId, await desk.fileOf(admin, unitId));
  const owners = content.warnings.filter(({ code }) => code === 'UNKNOWN_OWNER');
  expect(owners).toHaveLength(1);
  expect(owners[0]?.message).toContain('gone@example.org');
  expect(owners[0]?.message).not.toContain(admin.email);
});

test('fields that this version does not know are left out with one warning each', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const file = await desk.fileOf(admin, unitId);
  const lines = (await linesOf(file)).map((line) => line.replaceAll('"secret":', '"colour":"red","secret":'));
  const plan = await desk.plan(admin, unitId, await fileOfLines(lines, thePassword));
  expect(plan.content.warnings.filter(({ code }) => code === 'UNKNOWN_FIELD')).toMatchObject([
    { section: 'configKeys', field: 'colour' },
  ]);
});
