import { noNames, type ObjectNames } from './object-names';
import { readableValue } from './readable-value';

const names: ObjectNames = {
  ...noNames,
  workspace: (id) => ({ w1: 'News desk', w2: 'Sports' })[id],
  plugin: (id) => (id === 'p1' ? 'Clock' : undefined),
  person: (id) => (id === 'u1' ? 'Ada' : undefined),
};
const read = (type: Parameters<typeof readableValue>[0], path: string, value: unknown) =>
  readableValue(type, path, value, names);

test('workspaces of a profile are told by name, unknown ones by id', () => {
  expect(read('PROFILE', '/workspaces', ['w2', 'w1', 'w9'])).toEqual(['Sports', 'News desk', 'w9']);
  expect(read('PROFILE', '/workspaces', null)).toBeNull();
});

test('roles are told as people call them', () => {
  expect(read('PROFILE', '/roles', ['POWER_USER', 'USER'])).toEqual(['Power user', 'User']);
  expect(read('PLUGIN', '/permissions/publish', ['ADMIN'])).toEqual(['Admin']);
  expect(read('PLUGIN', '/permissions', { publish: ['ADMIN'] })).toEqual({ publish: ['Admin'] });
});

test('applications and mappings name their plugin', () => {
  const application = { pluginId: 'p1', area: 'main', position: 0, configuration: { city: 'Oslo' } };
  const shown = { plugin: 'Clock', area: 'main', position: 0, configuration: { city: 'Oslo' } };
  expect(read('WORKSPACE', '/applications', { a1: application })).toEqual([shown]);
  expect(read('WORKSPACE', '/applications/a1', application)).toEqual(shown);
  expect(read('WORKSPACE', '/applications/a1/configuration', { pluginId: 'p1' })).toEqual({ pluginId: 'p1' });
  expect(read('PLUGIN', '/mappings/print', { pluginId: 'p1', name: 'print' })).toEqual({
    plugin: 'Clock',
    name: 'print',
  });
});

test('a whole object is told field by field', () => {
  expect(read('PROFILE', '', { name: 'Sales', workspaces: ['w1'] })).toEqual({
    name: 'Sales',
    workspaces: ['News desk'],
  });
  expect(
    read('WORKSPACE', '', { owner: 'u1', icon: { picture: `data:image/png;base64,${'A'.repeat(4096)}` } }),
  ).toEqual({ owner: 'Ada', icon: 'a picture of 3 KB' });
});

test('an icon of initials is told with its colour', () => {
  expect(read('WORKSPACE', '/icon', { initials: 'SP', colour: '#15803d' })).toBe('SP, #15803d');
});

test('free-form values stay as they are, false and 0 too', () => {
  expect(read('CONFIG_KEY', '/value', ['w1'])).toEqual(['w1']);
  expect(read('CONFIG_KEY', '/value', false)).toBe(false);
  expect(read('WORKSPACE', '/applications/a1/position', 0)).toBe(0);
});
