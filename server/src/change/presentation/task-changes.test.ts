import { taskChanges } from './task-changes';
import { taskName, taskSummary } from './task-summary';
import { aConfigKey, aPlugin, aProfile, aWorkspace } from '../core/testing/builders';
import { type ConfigurationObject, type Id, type Kind, type Patch, type Task } from '../core/task';

const facts = (kind: Kind, target: Id) => ({
  id: 'task',
  kind,
  target,
  key: 'noted',
  at: '2026-01-01T00:00:00.000Z',
  by: 'ada',
  operationIds: ['operation'],
});
const creating = (kind: Kind, value: ConfigurationObject): Task => ({
  ...facts(kind, 'x'),
  op: 'CREATE',
  value,
});
const changing = (kind: Kind, seen: ConfigurationObject, patch: Patch): Task => ({
  ...facts(kind, 'x'),
  op: 'UPDATE',
  seen,
  patch,
});
const removing = (kind: Kind, base: ConfigurationObject, detach: string[] = []): Task => ({
  ...facts(kind, 'x'),
  op: 'DELETE',
  base,
  detach,
});

const secretive = (said: object = {}) =>
  aPlugin('clock', {
    manifest: {
      bundle: 'org.example.clock',
      name: 'Clock',
      version: '1.0.0',
      author: { name: 'Somebody' },
      secretKeys: ['apiKey'],
    },
    configuration: { apiKey: 'hidden', zone: 'Vienna' },
    ...said,
  });

const changesByPath = (task: Task) =>
  Object.fromEntries(taskChanges(task).map(({ path, ...change }) => [path, change]));

describe('what a task changes', () => {
  test('of a create are all fields of the new object', () => {
    expect(taskChanges(creating('PROFILE', aProfile('Sales', { workspaces: ['w'] })))).toEqual([
      { path: '/name', to: 'Sales', masked: false },
      { path: '/roles', to: [], masked: false },
      { path: '/workspaces', to: ['w'], masked: false },
    ]);
  });

  test('of a delete are all fields of the object as it was', () => {
    expect(taskChanges(removing('CONFIG_KEY', aConfigKey('zone', { value: 1 })))).toEqual([
      { path: '/key', from: 'zone', masked: false },
      { path: '/value', from: 1, masked: false },
      { path: '/secret', from: false, masked: false },
    ]);
  });

  test('of an update goes from what each entry was recorded against, not from what was seen at the last edit', () => {
    const task = changing('PROFILE', aProfile('Seen last', { roles: ['ADMIN', 'READONLY', 'USER'] }), {
      name: { leaf: true, from: 'Recorded against', to: 'Mine' },
      roles: { add: ['POWER_USER'], remove: ['USER'] },
      workspaces: { from: ['a', 'b'], to: ['b', 'c'] },
    });
    expect(taskChanges(task)).toEqual([
      { path: '/name', from: 'Recorded against', to: 'Mine', masked: false },
      {
        path: '/roles',
        from: ['ADMIN', 'READONLY', 'USER'],
        to: ['ADMIN', 'POWER_USER', 'READONLY'],
        masked: false,
      },
      { path: '/workspaces', from: ['a', 'b'], to: ['b', 'c'], masked: false },
    ]);
  });

  test('of an update are the touched keys only, and absent is not null', () => {
    const task = changing('CONFIG_KEY', aConfigKey('zone', { value: { set: 1, unset: 1, kept: 1 } }), {
      value: {
        keys: {
          set: { leaf: true, from: 1, to: null },
          unset: { leaf: true, from: null },
          added: { leaf: true, to: null },
          ['__proto__']: { keys: { deep: { leaf: true, to: 2 } } },
        },
      },
      description: { leaf: true, from: 'old' },
    });
    expect(changesByPath(task)).toEqual({
      '/value/set': { from: 1, to: null, masked: false },
      '/value/unset': { from: null, masked: false },
      '/value/added': { to: null, masked: false },
      '/value/__proto__/deep': { to: 2, masked: false },
      '/description': { from: 'old', masked: false },
    });
  });

  test('of a workspace are its applications one by one', () => {
    const moved = { pluginId: 'q', area: 'main', position: 0, configuration: {} };
    const added = { pluginId: 'q', area: 'main', position: 1, configuration: {} };
    const task = changing('WORKSPACE', aWorkspace('Desk', { applications: { one: moved, two: moved } }), {
      applications: {
        keys: {
          one: { keys: { position: { leaf: true, from: 3, to: 0 } } },
          two: { leaf: true, from: moved },
          three: { leaf: true, to: added },
        },
      },
    });
    expect(changesByPath(task)).toEqual({
      '/applications/one/position': { from: 3, to: 0, masked: false },
      '/applications/two': { from: moved, masked: false },
      '/applications/three': { to: added, masked: false },
    });
  });

  test('of permissions: one that nobody has is absent', () => {
    const task = changing('PLUGIN', aPlugin('clock', { permissions: { see: ['USER'] } }), {
      permissions: { keys: { see: { add: [], remove: ['USER'] }, set: { add: ['ADMIN'], remove: [] } } },
    });
    expect(changesByPath(task)).toEqual({
      '/permissions/see': { from: ['USER'], masked: false },
      '/permissions/set': { to: ['ADMIN'], masked: false },
    });
  });
});

describe('secrets are masked', () => {
  const edited: Patch = {
    configuration: {
      keys: {
        apiKey: { leaf: true, from: 'hidden', to: 'hidden too' },
        zone: { leaf: true, from: 'Vienna', to: 'Graz' },
      },
    },
  };

  test.each([
    ['a create', creating('PLUGIN', secretive())],
    ['an update', changing('PLUGIN', secretive(), edited)],
    ['a delete', removing('PLUGIN', secretive())],
  ])('in %s of a plugin', (_what, task) => {
    expect(JSON.stringify(taskChanges(task))).not.toContain('hidden');
    expect(changesByPath(task)['/configuration/apiKey']).toEqual({ masked: true });
    expect(changesByPath(task)['/configuration/zone']).toMatchObject({ masked: false });
  });

  test.each([
    ['has become one', { leaf: true, from: false, to: true } as const, true],
    ['is no longer one', { leaf: true, from: true, to: false } as const, false],
    ['was one when it was seen last', { leaf: true, from: false, to: false } as const, true],
  ])('in a config key that %s', (_what, secret, seenSecret) => {
    const task = changing('CONFIG_KEY', aConfigKey('token', { value: 'hidden', secret: seenSecret }), {
      value: { leaf: true, from: 'hidden', to: 'hidden too' },
      secret,
    });
    expect(JSON.stringify(taskChanges(task))).not.toContain('hidden');
    expect(changesByPath(task)['/value']).toEqual({ masked: true });
  });
});

describe('a task in one line', () => {
  const renamed: Patch = {
    workspaces: { from: [], to: ['w'] },
    name: { leaf: true, from: 'Sales', to: 'Shop' },
  };

  test.each([
    ['Create the workspace “Desk”', creating('WORKSPACE', aWorkspace('Desk'))],
    ['Create the plugin “Clock”', creating('PLUGIN', secretive())],
    ['Create the config key “zone”', creating('CONFIG_KEY', aConfigKey('zone'))],
    ['Change the profile “Sales”: name, workspaces', changing('PROFILE', aProfile('Sales'), renamed)],
    [
      'Change the plugin “Clock”: manifest address, enabled',
      changing('PLUGIN', secretive(), {
        enabled: { leaf: true, from: true, to: false },
        manifestUrl: { leaf: true, to: 'https://example.org' },
      }),
    ],
    ['Remove the profile “Sales”', removing('PROFILE', aProfile('Sales'))],
    [
      'Remove the workspace “Desk” and drop 1 reference to it',
      removing('WORKSPACE', aWorkspace('Desk'), ['profile:p']),
    ],
    [
      'Remove the plugin “Clock” and drop 2 references to it',
      removing('PLUGIN', secretive(), ['workspace:w#a', 'workspace:w#b']),
    ],
    [
      'Remove the config key “token”',
      removing('CONFIG_KEY', aConfigKey('token', { value: 'hidden', secret: true })),
    ],
  ])('%s', (line, task) => {
    expect(taskSummary(task)).toBe(line);
  });

  test('a target whose name is no text is called what was noted', () => {
    expect(taskName(creating('PROFILE', { roles: [], workspaces: [] }))).toBe('noted');
  });
});
