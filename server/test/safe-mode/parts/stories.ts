import { refusalOf } from '../../parts/configuration';
import { TestServer } from '../../parts/running-server';
import { SafeModeClient } from '../../parts/safe-modes';
import { StoredFiles } from './stored-files';
import { type TestedFiles } from './tested-files';

/** The manual's own stories, by API, wherever the files are. */
export function stories(someFiles: () => Promise<TestedFiles>): void {
  let files: TestedFiles;
  let server: TestServer;
  let admin: SafeModeClient;

  beforeEach(async () => {
    files = await someFiles();
    server = await TestServer.start(files.environment, files.place);
    admin = await SafeModeClient.ofAdmin(server);
  });
  afterEach(async () => {
    await server.stop();
    await files.close();
  });

  const profileNames = async (configuration = admin.configuration) => {
    const { profiles } = await configuration.unit<{ profiles: { nodes: { name: string }[] } }>(
      'profiles { nodes { name } }',
    );
    return profiles.nodes.map(({ name }) => name);
  };

  test('what is recorded shows to its owner alone until it is applied, and then to everybody; the file is gone', async () => {
    const safeMode = await admin.start({ name: 'Spring clean' });
    await admin.in(safeMode).createProfile({ name: 'Sales' });
    expect(await profileNames()).toEqual([]);
    expect(await profileNames(admin.in(safeMode))).toEqual(['Sales']);

    const before = await admin.configuration.revision();
    const applied = await admin.apply(safeMode.id);
    expect(applied).toMatchObject({
      __typename: 'SafeModeApplied',
      taskCount: 1,
      alreadyApplied: false,
      unit: { revision: before + 1 },
      safeMode: { status: 'APPLIED', tasks: [{ operation: 'CREATE', target: { name: 'Sales' } }] },
    });
    expect(await profileNames()).toEqual(['Sales']);
    expect(await admin.list()).toEqual([]);
    expect(await admin.presence()).toEqual([]);
    expect(await new StoredFiles(server).names()).toEqual([]);
    expect(await admin.apply(safeMode.id, 2)).toMatchObject({ alreadyApplied: true });
  });

  test('the same profile name twice: applying writes nothing, names the conflict, and goes on once it is resolved', async () => {
    const safeMode = await admin.start();
    await admin.in(safeMode).createProfile({ name: 'Sales' });
    await admin.in(safeMode).setConfigKey('also', { value: 1 });
    await admin.configuration.createProfile({ name: 'SALES' });

    const refused = await admin.apply(safeMode.id);
    if (refused.__typename !== 'SafeModeConflicted') throw new Error('It was applied');
    expect(refused.conflicts).toMatchObject([{ code: 'NAME_TAKEN', resolutions: ['VALUE'] }]);
    expect(await profileNames()).toEqual(['SALES']);
    expect(await profileNames(admin.in(safeMode))).toEqual(['SALES']);

    const renamed = await admin.resolve(safeMode.id, refused.conflicts[0]!.id, 'VALUE', 'Sales EMEA');
    expect(renamed).toMatchObject({ conflictCount: 0, taskCount: 2 });
    expect(await admin.apply(safeMode.id)).toMatchObject({ __typename: 'SafeModeApplied', taskCount: 2 });
    expect(await profileNames()).toEqual(['SALES', 'Sales EMEA']);
  });

  test('the profile removed twice: the task is taken out, and the rest is applied', async () => {
    const id = await admin.configuration.createProfile({ name: 'Sales' });
    const safeMode = await admin.start();
    await admin.in(safeMode).mutate('deleteProfile', 'DeleteInput', { id }, 'id');
    await admin.in(safeMode).createProfile({ name: 'Support' });
    await admin.configuration.mutate('deleteProfile', 'DeleteInput', { id }, 'id');

    const { conflicts } = await admin.find(safeMode.id);
    expect(conflicts).toMatchObject([{ code: 'TARGET_MISSING' }]);
    expect(await admin.apply(safeMode.id)).toMatchObject({ __typename: 'SafeModeConflicted' });
    expect(await admin.removeTask(safeMode.id, conflicts[0]!.taskId!)).toMatchObject({
      __typename: 'SafeModeTaskRemoved',
    });
    expect(await admin.apply(safeMode.id)).toMatchObject({ __typename: 'SafeModeApplied' });
    expect(await profileNames()).toEqual(['Support']);
  });

  test('a payload shows the object as it would be and the safe mode it went to', async () => {
    const safeMode = await admin.start();
    const payload = await admin
      .in(safeMode)
      .mutate(
        'setConfigKey',
        'SetConfigKeyInput',
        { key: 'a', value: 1 },
        'configKey { key value } safeMode { id taskCount revision }',
      );
    expect(payload).toEqual({
      configKey: { key: 'a', value: 1 },
      safeMode: { id: safeMode.id, taskCount: 1, revision: safeMode.revision + 1 },
    });
  });

  test('undo of an applied safe mode is a new one with the opposite', async () => {
    const safeMode = await admin.start({ name: 'Spring clean' });
    await admin.in(safeMode).createProfile({ name: 'Sales' });
    await admin.apply(safeMode.id);
    const undo = await admin.undo(safeMode.id);
    expect(undo).toMatchObject({
      name: 'Undo of Spring clean',
      relation: 'OWNER',
      tasks: [{ operation: 'DELETE' }],
    });
    expect(await profileNames()).toEqual(['Sales']);
    await admin.apply(undo.id);
    expect(await profileNames()).toEqual([]);
  });

  test('a write without the header, by somebody who is in a safe mode, is refused', async () => {
    const safeMode = await admin.start();
    const lost = admin.configuration.in(undefined);
    expect((await refusalOf(lost.createProfile({ name: 'Sales' }))).code).toBe('SAFE_MODE_CONTEXT_LOST');
    expect(await profileNames()).toEqual([]);
    expect(await admin.find(safeMode.id)).toMatchObject({ taskCount: 0 });
  });
}
