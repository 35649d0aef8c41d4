import { conflictMessage } from './conflict-message';
import { type Conflict, type ConflictCode } from './task';

const codes: ConflictCode[] = [
  'NAME_TAKEN',
  'TARGET_MISSING',
  'FIELD_CHANGED',
  'DELETE_OF_CHANGED',
  'REFERENCE_MISSING',
  'REFERENCE_GAINED',
  'IN_USE',
  'DEPENDENCY_REMOVED',
  'UNIT_REPLACED',
  'INVALID',
];

const aConflict = (code: ConflictCode): Conflict => ({
  task: 't',
  kind: 'PROFILE',
  target: 'p',
  code,
  path: '/name',
  base: 'secret',
  mine: 'secret',
  live: 'secret',
  others: [{ kind: 'WORKSPACE', id: 'w' }],
  fault: 'must not be empty',
});

const nameOf = ({ id }: { id: string }) => (id === 'p' ? 'Sales' : 'Desk');

test('every code has a text of its own that gives away no value', () => {
  const texts = codes.map((code) => conflictMessage(aConflict(code), nameOf));
  expect(new Set(texts).size).toBe(codes.length);
  expect(texts.filter((text) => text.includes('secret'))).toEqual([]);
});

test('a text names the object and the others it is about', () => {
  expect(conflictMessage(aConflict('IN_USE'), nameOf)).toBe(
    'The profile “Sales” is used by the workspace “Desk”. Remove it there first, or detach.',
  );
  expect(
    conflictMessage(aConflict('REFERENCE_MISSING'), ({ id }) => (id === 'p' ? 'Sales' : undefined)),
  ).toBe('The profile “Sales” would point at a workspace, which does not exist (/name).');
});
