import { type CheckpointName } from '../../src/checkpoint';
import { refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';
import { describeOnSwift } from '../parts/swift';
import { StoredFiles } from './parts/stored-files';
import { filesInADirectory, filesOnS3, type TestedFiles } from './parts/tested-files';

describe('files in a directory', () => storeAway(filesInADirectory));

// Files have nothing to do with the database: once is enough.
const describeOnce = globalThis.testedDatabase === 'sqlite' ? describeOnSwift : describe.skip;
describeOnce('files on S3', () => storeAway(filesOnS3));

function storeAway(someFiles: () => Promise<TestedFiles>): void {
  let files: TestedFiles;
  let server: TestServer;
  let admin: SafeModeClient;
  /** What the server does not expect at its marked places. */
  let surprises: Partial<Record<CheckpointName, () => unknown>> = {};
  let away = false;

  const start = async () => {
    const environment = { ...files.environment, LOG_LEVEL: 'silent' };
    server = await TestServer.start(environment, files.place, async (name) => {
      await surprises[name]?.();
    });
    admin = await SafeModeClient.ofAdmin(server);
  };
  const takeAway = async () => {
    await files.takeAway();
    away = true;
  };
  const bringBack = async () => {
    if (away) await files.bringBack();
    away = false;
  };

  beforeAll(async () => {
    files = await someFiles();
    await start();
  });
  afterEach(async () => {
    surprises = {};
    await bringBack();
    for (const { id } of await admin.list()) await admin.delete(id);
  });
  afterAll(async () => {
    await server.stop();
    await files.close();
  });

  const refused = async (work: Promise<unknown>) => {
    const { code, message } = await refusalOf(work);
    expect({ code, message }).toEqual({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('Nothing was changed') as string,
    });
  };

  const rows = () =>
    server.app.database.read((db) =>
      db.rows('SELECT * FROM safe_mode WHERE status = ? ORDER BY id', ['OPEN']),
    );

  const live = () => admin.configuration.unit<object>('revision configKeys { nodes { key value } }');

  /** A safe mode in which the key stands; live it does not. */
  async function aSafeMode(key: string) {
    const { id } = await admin.start();
    await admin.in({ id }).setConfigKey(key, { value: 1 });
    return admin.find(id);
  }

  /** What is due sooner or later goes now. */
  async function swept(): Promise<string[]> {
    const { database, backups } = server.app;
    const past = new Date('2026-01-01T00:00:00.000Z');
    await database.transaction((db) => db.run('UPDATE object_removal SET due_at = ?', [past]));
    while ((await backups.objectSweeper.sweep()) > 0);
    expect(await database.read((db) => db.rows('SELECT * FROM object_removal'))).toEqual([]);
    return new StoredFiles(server).names();
  }

  const keysIn = async (safeMode: { id: string }) => {
    const { configKeys } = await admin
      .in(safeMode)
      .unit<{ configKeys: { nodes: { key: string }[] } }>('configKeys { nodes { key } }');
    return configKeys.nodes.map(({ key }) => key);
  };

  test('away at reading: nothing is recorded, and once it is back a repeat records once', async () => {
    const safeMode = await aSafeMode('a');
    const [rowsBefore, liveBefore] = [await rows(), await live()];
    const record = () => admin.in(safeMode).setConfigKey('b', { value: 1, operationId: 'b' });
    await takeAway();
    await refused(record());
    await refused(admin.removeTask(safeMode.id, safeMode.tasks[0]!.id));
    await refused(admin.start({ operationId: 'another' }));
    expect(await rows()).toEqual(rowsBefore);
    expect(await live()).toEqual(liveBefore);

    await bringBack();
    expect(await admin.find(safeMode.id)).toEqual(safeMode);
    await record();
    await record();
    expect(await admin.find(safeMode.id)).toMatchObject({ taskCount: 2, revision: safeMode.revision + 1 });
  });

  test.each<CheckpointName>(['file announced', 'file stored'])(
    'away after “%s”: what was not stored is not recorded, what was stored is, and a repeat records once',
    async (place) => {
      const safeMode = await aSafeMode('a');
      const before = await rows();
      const record = () => admin.in(safeMode).setConfigKey('b', { value: 1, operationId: 'b' });
      surprises[place] = takeAway;
      if (place === 'file announced') {
        await refused(record());
        expect(await rows()).toEqual(before);
      } else await record();

      surprises = {};
      await bringBack();
      await record();
      expect(await admin.find(safeMode.id)).toMatchObject({ taskCount: 2, revision: safeMode.revision + 1 });
      expect(await swept()).toEqual([expect.stringContaining(safeMode.id)]);
    },
  );

  test('away at starting: there is none, and a repeat starts it once', async () => {
    const begin = () => admin.start({ name: 'Spring clean', operationId: 'spring' });
    surprises['file announced'] = takeAway;
    await refused(begin());
    expect(await rows()).toEqual([]);
    expect(await admin.active()).toBeNull();
    surprises = {};
    await bringBack();
    const { id } = await begin();
    expect((await begin()).id).toBe(id);
    expect(await rows()).toHaveLength(1);
    expect(await swept()).toEqual([expect.stringContaining(id)]);
  });

  test('away: a conflict is not answered, and can be answered once it is back', async () => {
    await admin.configuration.setConfigKey('contested', { value: 0 });
    const { id } = await admin.start();
    await admin.in({ id }).setConfigKey('contested', { value: 1 });
    await admin.configuration.setConfigKey('contested', { value: 2 });
    const safeMode = await admin.find(id);
    const resolve = () => admin.resolve(id, safeMode.conflicts[0]!.id, 'MINE');
    await takeAway();
    await refused(resolve());
    await bringBack();
    expect(await admin.find(id)).toEqual(safeMode);
    expect(await resolve()).toMatchObject({ conflictCount: 0, revision: safeMode.revision + 1 });
  });

  test('away: what was previewed is previewed on, from memory, also when others edit meanwhile', async () => {
    const safeMode = await aSafeMode('only here');
    expect(await keysIn(safeMode)).toContain('only here');
    await takeAway();
    await refused(admin.find(safeMode.id));
    expect(await keysIn(safeMode)).toContain('only here');
    await admin.configuration.setConfigKey('meanwhile', { value: 1 });
    expect(await keysIn(safeMode)).toEqual(expect.arrayContaining(['meanwhile', 'only here']));
  });

  test('away: a server that has not seen the file shows nothing instead of what is live', async () => {
    const safeMode = await aSafeMode('only here');
    await server.halt();
    await start();
    await takeAway();
    await refused(keysIn(safeMode));
    await bringBack();
    expect(await keysIn(safeMode)).toContain('only here');
  });

  test('away: names and owners are listed, contents are not; nobody enters, everybody can leave or rename', async () => {
    const safeMode = await aSafeMode('a');
    await takeAway();
    const listed = await admin.configuration.unit<object>(
      'safeModes { id name status taskCount owner { name } }',
    );
    expect(listed).toMatchObject({ safeModes: [{ id: safeMode.id, taskCount: 1 }] });
    await refused(admin.list());
    await refused(admin.find(safeMode.id));
    await admin.leave();
    await refused(admin.enter(safeMode.id));
    expect(await admin.active()).toBeNull();
    const renaming = 'mutation ($id: ID!) { renameSafeMode(id: $id, name: "Autumn") { name } }';
    await admin.configuration.request(renaming, { id: safeMode.id });

    await bringBack();
    expect(await admin.list()).toEqual([{ ...safeMode, name: 'Autumn' }]);
    await admin.enter(safeMode.id);
    expect(await admin.active()).toEqual({ id: safeMode.id, name: 'Autumn' });
  });

  test('away at reading: nothing is applied, and it can be applied once it is back', async () => {
    const safeMode = await aSafeMode('applied later');
    const [rowsBefore, liveBefore] = [await rows(), await live()];
    await takeAway();
    await refused(admin.apply(safeMode.id, safeMode.revision));
    expect(await rows()).toEqual(rowsBefore);
    expect(await live()).toEqual(liveBefore);
    await bringBack();
    expect(await admin.apply(safeMode.id)).toMatchObject({ __typename: 'SafeModeApplied' });
    expect(await new StoredFiles(server).names()).toEqual([]);
  });

  test('away while it is applied: it is applied and told at once, and the file goes later', async () => {
    const safeMode = await aSafeMode('applied without store');
    surprises['evaluated'] = takeAway;
    const begun = Date.now();
    const applied = await admin.apply(safeMode.id, safeMode.revision);
    expect(Date.now() - begun).toBeLessThan(8_000);
    expect(applied).toMatchObject({ __typename: 'SafeModeApplied', safeMode: { status: 'APPLIED' } });
    expect(await admin.list()).toEqual([]);
    await bringBack();
    const left = await new StoredFiles(server).names();
    expect(left.filter((key) => key.includes(`${safeMode.id}/${safeMode.revision}-`))).toHaveLength(1);
    expect(await swept()).toEqual([]);
  });

  test('away: it is deleted all the same, and the file goes later', async () => {
    const safeMode = await aSafeMode('deleted');
    await takeAway();
    const begun = Date.now();
    expect(await admin.delete(safeMode.id)).toBe(true);
    expect(Date.now() - begun).toBeLessThan(8_000);
    expect(await admin.list()).toEqual([]);
    expect(await admin.active()).toBeNull();
    await bringBack();
    expect(await swept()).toEqual([]);
  });

  // Of a directory nothing of the kind can be made here.
  if (someFiles !== filesOnS3) return;

  test('where the store takes everything and answers nothing, whoever applies or deletes does not wait for it', async () => {
    const [applied, deleted] = [await aSafeMode('applied'), await aSafeMode('deleted')];
    surprises['evaluated'] = () => files.hold!();
    const begun = Date.now();
    expect(await admin.apply(applied.id, applied.revision)).toMatchObject({ alreadyApplied: false });
    expect(await admin.delete(deleted.id)).toBe(true);
    expect(Date.now() - begun).toBeLessThan(16_000);
    away = true;
    await bringBack();
    expect(await swept()).toEqual([]);
  });
}
