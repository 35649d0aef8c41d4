import { conflictMessage, type MessageFacts } from './conflict-message';
import { type Conflict, type ConflictCode } from '../core/task';

const names: Record<string, string> = { p: 'Sales', w: 'Desk', q: 'Late' };
const facts: MessageFacts = { nameOf: ({ id }) => names[id] };

const aConflict = (code: ConflictCode, said: Partial<Conflict> = {}): Conflict => ({
  task: 't',
  kind: 'PROFILE',
  target: 'p',
  code,
  path: '',
  ...said,
});
const desk = [{ kind: 'WORKSPACE', id: 'w' } as const];
const late = [{ kind: 'PROFILE', id: 'q' } as const];

const texts: [string, Conflict, Partial<MessageFacts>, string][] = [
  [
    'a name that is taken live',
    aConflict('NAME_TAKEN', { path: '/name', mine: 'Sales', others: late }),
    {},
    'The profile “Sales” cannot have this name: the profile “Late” has it already.',
  ],
  [
    'a new name that another change takes',
    aConflict('NAME_TAKEN', { path: '/name', mine: 'Night', others: late }),
    { inSafeMode: true },
    'The profile “Sales” cannot have the name “Night”: the profile “Late” has it in the same safe mode.',
  ],
  [
    'a bundle that is taken',
    aConflict('NAME_TAKEN', {
      kind: 'PLUGIN',
      path: '/bundle',
      mine: 'org.example.sales',
      others: [{ kind: 'PLUGIN', id: 'q' }],
    }),
    {},
    'The plugin “Sales” cannot have the bundle “org.example.sales”: the plugin “Late” has it already.',
  ],
  [
    'what is gone',
    aConflict('TARGET_MISSING'),
    { cause: 'EDIT' },
    'The profile “Sales” does not exist any more.',
  ],
  [
    'what an import took away',
    aConflict('TARGET_MISSING'),
    { cause: 'IMPORT' },
    'The profile “Sales” does not exist any more since a backup was imported.',
  ],
  [
    'a field that moved',
    aConflict('FIELD_CHANGED', { path: '/name', base: 'secret', mine: 'secret', live: 'secret' }),
    {},
    'Somebody has changed the profile “Sales” at the same place in the meantime: name.',
  ],
  [
    'a key that vanished',
    aConflict('FIELD_CHANGED', { path: '/configuration/server/url', base: 'secret', mine: 'secret' }),
    {},
    'Somebody has changed the profile “Sales” at the same place in the meantime: configuration “server › url”, which is gone.',
  ],
  [
    'the fields of a removed object that moved',
    aConflict('DELETE_OF_CHANGED', {
      base: { name: 'secret', roles: ['USER', 'ADMIN'], workspaces: [] },
      live: { name: 'secret2', roles: ['ADMIN', 'USER'], workspaces: ['w'] },
    }),
    {},
    'Somebody has changed the profile “Sales” since its removal was asked for: name, workspaces.',
  ],
  [
    'a removed object that an import changed',
    aConflict('DELETE_OF_CHANGED'),
    { cause: 'IMPORT' },
    'The import of a backup has changed the profile “Sales” since its removal was asked for.',
  ],
  [
    'a reference to something that was removed live',
    aConflict('REFERENCE_MISSING', { path: '/workspaces', others: desk }),
    { cause: 'EDIT' },
    'The profile “Sales” would point at the workspace “Desk”, which does not exist any more (workspaces).',
  ],
  [
    'a reference to something that the file removes',
    aConflict('REFERENCE_MISSING', { path: '/workspaces', others: desk }),
    { inSafeMode: true },
    'The profile “Sales” would point at the workspace “Desk”, which the same safe mode removes (workspaces).',
  ],
  [
    'a reference to nothing that anybody knows',
    aConflict('REFERENCE_MISSING', {
      path: '/applications/0190/pluginId',
      others: [{ kind: 'PLUGIN', id: 'nobody' }],
    }),
    {},
    'The profile “Sales” would point at a plugin, which does not exist (plugin of an application).',
  ],
  [
    'a new use',
    aConflict('REFERENCE_GAINED', { others: desk }),
    {},
    'The profile “Sales” cannot be removed: the workspace “Desk” has begun to use it.',
  ],
  [
    'a use that a change would have ended',
    aConflict('REFERENCE_GAINED', { others: desk, derived: true }),
    {},
    'The profile “Sales” cannot be removed: the workspace “Desk” still uses it.',
  ],
  [
    'uses',
    aConflict('IN_USE', { others: [...desk, ...late] }),
    {},
    'The profile “Sales” is used by the workspace “Desk”, the profile “Late”. Remove it there first, or detach.',
  ],
  [
    'a creation that is left out',
    aConflict('DEPENDENCY_REMOVED', { path: '/workspaces', others: desk }),
    {},
    'The profile “Sales” needs the workspace “Desk”, whose creation is itself in conflict or was removed (workspaces).',
  ],
  [
    'another configuration altogether',
    aConflict('UNIT_REPLACED'),
    {},
    'A backup was imported in the meantime, so the profile “Sales” may be another one by now. Match the changes with the new content, or discard them.',
  ],
  [
    'an edit of another configuration altogether',
    aConflict('UNIT_REPLACED', { task: '' }),
    {},
    'A backup was imported in the meantime, so the profile “Sales” may be another one by now. Load what is there now, and edit that.',
  ],
  [
    'what is not valid',
    aConflict('INVALID', { path: '/applications/0190/area', mine: 'secret', fault: 'must not be empty' }),
    {},
    'The profile “Sales” would not be valid (area of an application): must not be empty.',
  ],
];

test.each(texts)('%s is told in words', (_what, conflict, known, text) => {
  expect(conflictMessage(conflict, { ...facts, ...known })).toBe(text);
});

test('no text gives away a value, and every code has one', () => {
  expect(texts.filter(([, , , text]) => text.includes('secret'))).toEqual([]);
  expect(new Set(texts.map(([, { code }]) => code)).size).toBe(10);
});
