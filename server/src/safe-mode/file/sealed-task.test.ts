import { type Json, type JsonObject } from '../../change/core/json';
import { type ConfigurationObject, type Task, type Update } from '../../change/core/task';
import {
  aConfigKey,
  aPlugin,
  aUnit,
  create,
  recorded,
  remove,
  update,
} from '../../change/core/testing/builders';
import { type Plugin } from '../../configuration/plugin/plugin';
import { openTask, sealTask } from './sealed-task';
import { serverKey } from './testing/a-file';

const written = (task: Task) => JSON.stringify(sealTask(task, serverKey));
const readBack = (task: Task) => openTask(JSON.parse(written(task)) as JsonObject, serverKey);

/** What is sealed of the only task; and that it comes back as it was. */
function sealedIn(tasks: Task[]): string[] {
  expect(tasks).toHaveLength(1);
  const [task] = tasks as [Task];
  // As text: own keys, absent ones and their order all count.
  expect(JSON.stringify(readBack(task))).toBe(JSON.stringify(task));
  expect(written(task)).not.toContain('hidden');
  return sealTask(task, serverKey).sealed.sort();
}

const manifest = (...secretKeys: string[]): JsonObject => ({
  bundle: 'org.example.p',
  name: 'p',
  version: '1.0.0',
  author: { name: 'Somebody' },
  secretKeys,
});
const withPlugin = (said: Partial<Plugin>) => aUnit({ plugins: { p: { bundle: 'org.example.p', ...said } } });
const configure = (configuration: JsonObject) => update('PLUGIN', 'p', { configuration });

test('what the manifest names is sealed in a new plugin, the rest stands in clear', () => {
  const plugin = aPlugin('p', {
    manifest: manifest('token'),
    configuration: { token: 'hidden', open: 'shown' },
  });
  const tasks = recorded(aUnit({}), create('PLUGIN', 'p', plugin));
  expect(sealedIn(tasks)).toEqual(['/value/configuration/token']);
  expect(written(tasks[0]!)).toContain('shown');
});

test('a named key that nobody has configured is no place of a secret', () => {
  const plugin = aPlugin('p', { manifest: manifest('token'), configuration: { open: 1 } });
  expect(sealedIn(recorded(aUnit({}), create('PLUGIN', 'p', plugin)))).toEqual([]);
});

test('a removed plugin and a removed secret config key are sealed as they were', () => {
  const live = aUnit({
    plugins: {
      p: { bundle: 'org.example.p', manifest: manifest('token'), configuration: { token: ['hidden'] } },
    },
    configKeys: { k: { value: 'hidden', secret: true } },
  });
  expect(sealedIn(recorded(live, remove('PLUGIN', 'p')))).toEqual(['/base/configuration/token']);
  expect(sealedIn(recorded(live, remove('CONFIG_KEY', 'k')))).toEqual(['/base/value']);
});

test('an edited secret is sealed before and after, also where only a part of it was edited', () => {
  const live = withPlugin({
    manifest: manifest('login'),
    configuration: { login: { user: 'hidden 1', hiddenKey: 1 }, open: 1 },
  });
  const tasks = recorded(live, configure({ login: { user: 'hidden 2' }, open: 2 }));
  expect(sealedIn(tasks)).toEqual(['/patch/configuration/keys/login', '/seen/configuration/login']);
});

test('a secret that is set for the first time has no value before, and one that is unset none after', () => {
  const empty = withPlugin({ manifest: manifest('token') });
  const set = recorded(empty, configure({ token: 'hidden' }));
  expect(sealedIn(set)).toEqual(['/patch/configuration/keys/token']);
  expect((readBack(set[0]!) as unknown as Update).patch).toStrictEqual({
    configuration: { keys: { token: { leaf: true, to: 'hidden' } } },
  });

  const full = withPlugin({ manifest: manifest('token'), configuration: { token: 'hidden' } });
  const unset = recorded(full, configure({}));
  expect(sealedIn(unset)).toEqual(['/patch/configuration/keys/token', '/seen/configuration/token']);
  expect((readBack(unset[0]!) as unknown as Update).patch).toStrictEqual({
    configuration: { keys: { token: { leaf: true, from: 'hidden' } } },
  });
});

test('a value that is replaced as a whole and holds a secret is sealed as a whole', () => {
  const task = updateOf(aPlugin('p', { manifest: manifest('token') }), {
    configuration: { leaf: true, from: { token: 'hidden', open: 1 }, to: { open: 2 } },
  });
  expect(sealedIn([task])).toEqual(['/patch/configuration']);
});

test('a value that is replaced as a whole and holds none stands in clear', () => {
  const task = updateOf(aPlugin('p', { manifest: manifest('token') }), {
    configuration: { leaf: true, from: { open: 1 }, to: { open: 2 } },
  });
  expect(sealedIn([task])).toEqual([]);
});

test('what a new manifest makes a secret is sealed in what was seen before', () => {
  const live = withPlugin({ manifest: manifest(), configuration: { token: 'hidden', open: 1 } });
  const tasks = recorded(live, update('PLUGIN', 'p', { manifest: manifest('token') }));
  expect(sealedIn(tasks)).toEqual(['/seen/configuration/token']);
});

test('what a new manifest no longer calls a secret is sealed all the same', () => {
  const live = withPlugin({ manifest: manifest('token'), configuration: { token: 'hidden 1' } });
  const tasks = recorded(
    live,
    update('PLUGIN', 'p', { manifest: manifest(), configuration: { token: 'hidden 2' } }),
  );
  expect(sealedIn(tasks)).toEqual(['/patch/configuration/keys/token', '/seen/configuration/token']);
});

test('what any manifest that the task knows calls a secret is sealed: as it was edited, as wanted, as seen last', () => {
  const names = ['was', 'wanted', 'seen'];
  const entries = names.map((name) => [name, { leaf: true, from: 'hidden 1', to: 'hidden 2' }] as const);
  const patch: Update['patch'] = {
    manifest: { leaf: true, from: manifest('was'), to: manifest('wanted') },
    configuration: { keys: Object.fromEntries(entries) },
  };
  const configuration = Object.fromEntries(names.map((name) => [name, 'hidden 3'] as const));
  const seen = aPlugin('p', { manifest: manifest('seen'), configuration });
  expect(sealedIn([updateOf(seen, patch)])).toEqual([
    '/patch/configuration/keys/seen',
    '/patch/configuration/keys/wanted',
    '/patch/configuration/keys/was',
    '/seen/configuration/seen',
    '/seen/configuration/wanted',
    '/seen/configuration/was',
  ]);
});

test.each([
  ['becomes one', false, true],
  ['stops being one', true, false],
])('the value of a config key that %s is sealed on all sides', (_, before, after) => {
  const live = aUnit({ configKeys: { k: { value: 'hidden 1', secret: before } } });
  const tasks = recorded(live, update('CONFIG_KEY', 'k', { secret: after, value: 'hidden 2' }));
  expect(sealedIn(tasks)).toEqual(['/patch/value', '/seen/value']);
});

test('a config key that is no secret stands in clear', () => {
  const live = aUnit({ configKeys: { k: { value: 'one' } } });
  const tasks = recorded(live, update('CONFIG_KEY', 'k', { value: 'two' }));
  expect(sealedIn(tasks)).toEqual([]);
  expect(written(tasks[0]!)).toContain('two');
});

test('a secret config key that holds an object is sealed with the names in it', () => {
  const live = aUnit({ configKeys: { k: { value: { hidden: 1 }, secret: true } } });
  const tasks = recorded(live, update('CONFIG_KEY', 'k', { value: { hidden: 2 } }));
  expect(sealedIn(tasks)).toEqual(['/patch/value', '/seen/value']);
});

test('keys with signs that pointers escape, and __proto__, are keys like any other', () => {
  const names = ['a/b~c', '__proto__', 'constructor', ''];
  const secrets = Object.fromEntries(names.map((name) => [name, 'hidden'] as const));
  const live = withPlugin({ manifest: manifest(...names), configuration: secrets });
  const removed = recorded(live, remove('PLUGIN', 'p'));
  expect(sealedIn(removed)).toEqual([
    '/base/configuration/',
    '/base/configuration/__proto__',
    '/base/configuration/a~1b~0c',
    '/base/configuration/constructor',
  ]);

  const edited = recorded(
    live,
    configure(Object.fromEntries(names.map((name) => [name, 'hidden 2'] as const))),
  );
  expect(sealedIn(edited)).toHaveLength(8);
});

test('every JSON value can be a secret', () => {
  const values: Json[] = [null, false, 0, '', [], {}, 'sealed:1:AAAA', ['hidden'], { hidden: null }];
  for (const token of values) {
    const plugin = aPlugin('p', { manifest: manifest('token'), configuration: { token } });
    expect(sealedIn(recorded(aUnit({}), create('PLUGIN', 'p', plugin)))).toEqual([
      '/value/configuration/token',
    ]);
  }
});

test('sealing leaves the task as it is', () => {
  const [task] = recorded(
    aUnit({}),
    create('CONFIG_KEY', 'k', aConfigKey('k', { value: 'hidden', secret: true })),
  );
  const before = structuredClone(task);
  sealTask(task!, serverKey);
  expect(task).toStrictEqual(before);
});

function updateOf(seen: ConfigurationObject, patch: Update['patch']): Update {
  const recordedBy = { key: 'p', at: '2026-01-01T00:00:00.000Z', by: 'ada', operationIds: [] };
  return { ...recordedBy, id: 'task', kind: 'PLUGIN', target: 'p', op: 'UPDATE', patch, seen };
}
