import { isFreeForm, valueKindOf } from './value-kind';

test.each([
  ['PROFILE', 'NAME_TAKEN', '/name', 'name'],
  ['PROFILE', 'FIELD_CHANGED', '/workspaces', 'workspaces'],
  ['WORKSPACE', 'FIELD_CHANGED', '/layout', 'layout'],
  ['WORKSPACE', 'INVALID', '/applications/a1/area', 'text'],
  ['WORKSPACE', 'FIELD_CHANGED', '/applications/a1/position', 'json'],
  ['WORKSPACE', 'FIELD_CHANGED', '/applications/a1/configuration/city', 'free-form'],
  ['PLUGIN', 'FIELD_CHANGED', '/enabled', 'boolean'],
  ['PLUGIN', 'FIELD_CHANGED', '/manifest', 'json'],
  ['PLUGIN', 'FIELD_CHANGED', '/configuration/key', 'free-form'],
  ['CONFIG_KEY', 'FIELD_CHANGED', '/value/server/url', 'free-form'],
  ['CONFIG_KEY', 'FIELD_CHANGED', '/description', 'text'],
] as const)('%s, %s at %s is edited as %s', (type, code, path, kind) => {
  expect(valueKindOf(type, code, path)).toBe(kind);
});

test('a name is no free-form value, a setting is', () => {
  expect(isFreeForm('PROFILE', '/name')).toBe(false);
  expect(isFreeForm('WORKSPACE', '/applications/a1/area')).toBe(false);
  expect(isFreeForm('CONFIG_KEY', '/value')).toBe(true);
});
