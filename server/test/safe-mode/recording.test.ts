import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type SafeModeAnswer, type TaskAnswer } from '../parts/safe-modes';
import { type Edits, manifestOf, type RecordedIn } from './parts/edits';
import { Newsroom } from './parts/newsroom';

/** What is recorded, and how it shows; by API. */
let room: Newsroom;
beforeAll(async () => {
  room = await Newsroom.open({ ALLOW_PRIVATE_MANIFEST_URLS: 'true' });
});
afterAll(() => room.close());

const tasksOf = async ({ id }: SafeModeAnswer): Promise<TaskAnswer[]> => (await room.admin.find(id)).tasks;

describe('every edit of every kind is recorded: the payload shows what would be, and nothing changes live', () => {
  interface Edit {
    operation: string;
    prepare?: (live: Edits) => Promise<string>;
    record: (edits: Edits, id: string) => Promise<object & RecordedIn>;
    /** The payload, where it has more than an id. */
    shows?: object;
    changes: object[];
  }
  const edits: Record<string, Edit> = {
    installPlugin: {
      operation: 'CREATE',
      record: (edits) =>
        edits.installPlugin(
          'org.every.install',
          { name: 'Installed', permissions: [{ id: 'see', title: 'See' }] },
          { configuration: { deep: { a: 1 } }, permissions: { see: ['USER'] }, enabled: false },
        ),
      shows: {
        plugin: {
          name: 'Installed',
          enabled: false,
          configuration: { deep: { a: 1 } },
          permissions: { see: ['USER'] },
          mappings: {},
        },
      },
      changes: expect.arrayContaining([
        { path: '/bundle', from: null, to: 'org.every.install', masked: false },
      ]) as object[],
    },
    updatePlugin: {
      operation: 'UPDATE',
      prepare: async (live) => (await live.installPlugin('org.every.update')).plugin.id,
      record: (edits, id) =>
        edits.updatePlugin(id, manifestOf('org.every.update', { version: '2.0.0', name: 'Newer' })),
      shows: { plugin: { version: '2.0.0', name: 'Newer' } },
      changes: [expect.objectContaining({ path: '/manifest' }) as object],
    },
    configurePlugin: {
      operation: 'UPDATE',
      prepare: async (live) =>
        (await live.installPlugin('org.every.configure', {}, { configuration: { a: 1, b: 2 } })).plugin.id,
      record: (edits, id) => edits.configurePlugin(id, { configuration: { a: 1, c: 3 }, enabled: false }),
      shows: { plugin: { configuration: { a: 1, c: 3 }, enabled: false } },
      changes: [
        { path: '/enabled', from: true, to: false, masked: false },
        { path: '/configuration/b', from: 2, to: null, masked: false },
        { path: '/configuration/c', from: null, to: 3, masked: false },
      ],
    },
    removePlugin: {
      operation: 'DELETE',
      prepare: async (live) => (await live.installPlugin('org.every.remove')).plugin.id,
      record: (edits, id) => edits.removePlugin(id),
      changes: expect.arrayContaining([
        { path: '/bundle', from: 'org.every.remove', to: null, masked: false },
      ]) as object[],
    },
    createWorkspace: {
      operation: 'CREATE',
      record: (edits) =>
        edits.createWorkspace('Every created', {
          layout: 'two-columns',
          shared: false,
          icon: { initials: 'EC', colour: '#123456' },
        }),
      shows: {
        workspace: {
          name: 'Every created',
          layout: 'two-columns',
          shared: false,
          icon: { initials: 'EC', colour: '#123456' },
          owner: { name: expect.any(String) as string },
        },
      },
      changes: expect.arrayContaining([
        { path: '/name', from: null, to: 'Every created', masked: false },
      ]) as object[],
    },
    updateWorkspace: {
      operation: 'UPDATE',
      prepare: async (live) => (await live.createWorkspace('Every updated')).workspace.id,
      record: (edits, id) => edits.updateWorkspace(id, { name: 'Every renamed', shared: false }),
      shows: { workspace: { name: 'Every renamed', shared: false, layout: 'single' } },
      changes: [
        { path: '/name', from: 'Every updated', to: 'Every renamed', masked: false },
        { path: '/shared', from: true, to: false, masked: false },
      ],
    },
    deleteWorkspace: {
      operation: 'DELETE',
      prepare: async (live) => (await live.createWorkspace('Every deleted')).workspace.id,
      record: (edits, id) => edits.deleteWorkspace(id),
      changes: expect.arrayContaining([
        { path: '/name', from: 'Every deleted', to: null, masked: false },
      ]) as object[],
    },
    createProfile: {
      operation: 'CREATE',
      record: (edits) => edits.createProfile('Every created', { roles: ['USER'] }),
      shows: { profile: { name: 'Every created', roles: ['USER'], workspaces: [] } },
      changes: expect.arrayContaining([
        { path: '/name', from: null, to: 'Every created', masked: false },
      ]) as object[],
    },
    updateProfile: {
      operation: 'UPDATE',
      prepare: async (live) => (await live.createProfile('Every updated')).profile.id,
      record: (edits, id) => edits.updateProfile(id, { roles: ['READONLY', 'USER'] }),
      shows: { profile: { name: 'Every updated', roles: ['READONLY', 'USER'] } },
      changes: [{ path: '/roles', from: [], to: ['READONLY', 'USER'], masked: false }],
    },
    deleteProfile: {
      operation: 'DELETE',
      prepare: async (live) => (await live.createProfile('Every deleted')).profile.id,
      record: (edits, id) => edits.deleteProfile(id),
      changes: expect.arrayContaining([
        { path: '/name', from: 'Every deleted', to: null, masked: false },
      ]) as object[],
    },
    'setConfigKey of a new one': {
      operation: 'CREATE',
      record: (edits) => edits.setConfigKey('every.new', { value: { a: [1, null] }, description: 'New' }),
      shows: { configKey: { key: 'every.new', value: { a: [1, null] }, description: 'New', secret: false } },
      changes: expect.arrayContaining([
        { path: '/value', from: null, to: { a: [1, null] }, masked: false },
      ]) as object[],
    },
    'setConfigKey of a known one': {
      operation: 'UPDATE',
      prepare: async (live) =>
        (await live.setConfigKey('every.known', { value: 1, description: 'Old' })).configKey.id,
      record: (edits, id) => edits.setConfigKey(id, { value: false }),
      shows: { configKey: { key: 'every.known', value: false, description: 'Old' } },
      changes: [{ path: '/value', from: 1, to: false, masked: false }],
    },
    removeConfigKey: {
      operation: 'DELETE',
      prepare: async (live) => (await live.setConfigKey('every.removed', { value: 1 })).configKey.id,
      record: (edits, id) => edits.removeConfigKey(id),
      changes: expect.arrayContaining([{ path: '/value', from: 1, to: null, masked: false }]) as object[],
    },
  };

  test.each(Object.entries(edits))('%s', async (_, { operation, prepare, record, shows, changes }) => {
    const id = (await prepare?.(room.live)) ?? '';
    const live = await room.live.everything();
    const revision = await room.revision();
    const [safeMode, mine] = await room.recording();

    const payload = await record(mine, id);
    expect(payload).toMatchObject(shows ?? { id });
    expect(payload.safeMode).toEqual({ id: safeMode.id, revision: safeMode.revision + 1, taskCount: 1 });
    expect(await tasksOf(safeMode)).toMatchObject([{ operation, changes, conflicts: [] }]);
    expect(await room.live.everything()).toEqual(live);
    expect(await room.revision()).toBe(revision);
    expect(await room.others.everything()).toEqual(live);

    const preview = await mine.everything();
    expect(preview).not.toEqual(live);
    const applied = await room.apply(safeMode);
    expect(applied.unit.revision).toBe(revision + 1);
    expect(await room.others.everything()).toEqual(preview);
  });

  test('the edits above are all that the schema has', async () => {
    const { __schema } = await room.admin.configuration.request<{
      __schema: {
        mutationType: { fields: { name: string; type: { ofType: { fields: { name: string }[] } } }[] };
      };
    }>('{ __schema { mutationType { fields { name type { ofType { fields { name } } } } } } }');
    const recordable = __schema.mutationType.fields
      .filter(({ type }) => type.ofType?.fields?.some(({ name }) => name === 'safeMode'))
      .map(({ name }) => name)
      .filter((name) => !name.endsWith('SafeMode'));
    expect(new Set(Object.keys(edits).map((name) => name.split(' ')[0]))).toEqual(new Set(recordable));
  });
});

test('a power user cannot record, and is judged by what is live, not by what a safe mode would make of it', async () => {
  const powerUser = await room.member('POWER_USER');
  const { workspace } = await room.live.createWorkspace('Private so far', { shared: false });
  const [safeMode, mine] = await room.recording();
  await mine.updateWorkspace(workspace.id, { shared: true });

  const recorded = await room.refused(safeMode, () =>
    powerUser.in(safeMode.id).createWorkspace({ name: 'Mine' }),
  );
  expect(recorded.code).toBe('FORBIDDEN');
  const rename = () =>
    powerUser.mutate(
      'updateWorkspace',
      'UpdateWorkspaceInput',
      { id: workspace.id, name: 'Hers' },
      'workspace { name }',
    );
  expect((await room.refused(safeMode, rename)).code).toBe('NOT_FOUND');
  await room.apply(safeMode);
  expect(await rename()).toEqual({ workspace: { name: 'Hers' } });
});

test('the manifest at an address is fetched when it is recorded, and that one is applied', async () => {
  let asked = 0;
  const publisher = createServer((_, response) => {
    asked++;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(manifestOf('org.fetched', { version: `${asked}.0.0` })));
  }).listen(0, '127.0.0.1');
  try {
    await once(publisher, 'listening');
    const manifestUrl = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}/manifest.json`;
    const [safeMode, mine] = await room.recording();
    const { plugin } = await mine.client.mutate<{ plugin: { id: string; version: string } }>(
      'installPlugin',
      'InstallPluginInput',
      { manifestUrl },
      'plugin { id version }',
    );
    expect(plugin.version).toBe('1.0.0');
    expect(await mine.plugin(plugin.id)).toMatchObject({ manifestUrl, version: '1.0.0' });
    await room.apply(safeMode);
    expect(await room.live.plugin(plugin.id)).toMatchObject({ manifestUrl, version: '1.0.0' });
    expect(asked).toBe(1);
  } finally {
    publisher.close();
  }
});
