import 'reflect-metadata';
import {
  aConfigKey,
  clockId,
  deskId,
  everybodyId,
  someConfiguration,
  theSecret,
} from './parts/configuration';
import { contentOf, type Desk, linesOf, openDesk } from './parts/desk';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** Changes something of every kind. */
async function upset(unitId: string): Promise<void> {
  const [clock, , workspace, , profile] = someConfiguration();
  await desk.edit(unitId, [
    { ...clock!, before: clock!.after, after: { ...clock!.after, enabled: false, mappings: {} } },
    {
      ...workspace!,
      before: workspace!.after,
      after: { ...workspace!.after, name: 'Renamed', applications: {} },
    },
    { ...profile!, before: profile!.after, after: undefined },
    { ...aConfigKey('feed', 1), before: { key: 'feed', value: 2, secret: true } },
    aConfigKey('new key', { a: 1 }),
  ]);
}

test('after an import the unit holds what was exported, whatever was changed meanwhile', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  const file = await desk.export(admin, unitId);
  await upset(unitId);
  expect(await contentOf(await desk.export(admin, unitId))).not.toEqual(await contentOf(file));

  const imported = await desk.import(admin, unitId, file);

  expect(await contentOf(await desk.export(admin, unitId))).toEqual(await contentOf(file));
  const unit = await desk.unit(unitId);
  expect(unit).toMatchObject({
    revision: imported.revision,
    liveGenerationId: imported.generationId,
    lastCause: 'IMPORT',
  });
  expect(desk.faults).toEqual([]);
});

test('the file says what it holds, and holds it in clear for who has the password', async () => {
  const { unitId, admin } = await desk.aUnit('Radio Süd');
  await desk.edit(unitId, someConfiguration());
  const lines = await linesOf(await desk.export(admin, unitId));
  expect(JSON.parse(lines[0]!)).toMatchObject({
    t: 'header',
    magic: 'safeboard-backup',
    createdBy: { id: admin.userId, name: 'Ada' },
    note: 'nightly',
    unit: { id: unitId, name: 'Radio Süd', environment: 'dev' },
    unitRevision: 2,
    counts: { plugins: 2, workspaces: 2, applications: 2, profiles: 2, configKeys: 4 },
  });
  const rows = lines
    .map((line) => JSON.parse(line) as { t: string; v: Record<string, unknown> })
    .filter(({ t }) => t === 'row');
  const row = (id: string) => rows.find(({ v }) => v.id === id || v.key === id)?.v;
  expect(row(clockId)).toMatchObject({ configuration: { apiKey: { id: 7, key: theSecret } } });
  expect(row('feed')).toMatchObject({ secret: true, value: { token: theSecret } });
  expect(row(everybodyId)).toMatchObject({ roles: ['ADMIN', 'USER'] });
  expect(row(deskId)).not.toHaveProperty('owner');
});

test('secrets are never stored in clear by an import', async () => {
  const { unitId, admin } = await desk.aUnit();
  await desk.edit(unitId, someConfiguration());
  await desk.import(admin, unitId, await desk.export(admin, unitId));
  const { liveGenerationId } = await desk.unit(unitId);
  const stored = await desk.database.read(async (db) => [
    await db.rows('SELECT value FROM config_key WHERE generation_id = ?', [liveGenerationId]),
    await db.rows('SELECT configuration FROM plugin WHERE generation_id = ?', [liveGenerationId]),
    await db.rows('SELECT content FROM backup_plan'),
    await db.rows('SELECT fields FROM backup_plan_entry'),
    await db.rows('SELECT input, result FROM job'),
  ]);
  expect(JSON.stringify(stored)).not.toContain(theSecret);
});

test('an empty unit exports and imports', async () => {
  const { unitId, admin } = await desk.aUnit();
  const file = await desk.export(admin, unitId);
  await desk.edit(unitId, someConfiguration());
  await desk.import(admin, unitId, file);
  expect(await contentOf(await desk.export(admin, unitId))).toEqual(await contentOf(file));
});
