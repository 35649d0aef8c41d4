import { mergedDraft } from './merged-draft';

const start = { name: 'Sports', roles: ['USER'], workspaceIds: ['a', 'b'] };

test('a field that only the source changed follows the source, a field that was typed in stays', () => {
  const mine = { ...start, name: 'Sports desk' };
  const newest = { ...start, roles: ['USER', 'READONLY'] };
  expect(mergedDraft(start, mine, newest)).toEqual({
    name: 'Sports desk',
    roles: ['USER', 'READONLY'],
    workspaceIds: ['a', 'b'],
  });
});

test('a field that both changed to different values must be decided by a person', () => {
  expect(mergedDraft(start, { ...start, name: 'Mine' }, { ...start, name: 'Theirs' })).toBeUndefined();
});

test('a field that both changed to the same value is no conflict', () => {
  const both = { ...start, name: 'Both' };
  expect(mergedDraft(start, { ...both, roles: [] }, both)).toEqual({ ...both, roles: [] });
});

test('a source that did not move leaves what was typed', () => {
  const mine = { ...start, name: 'Mine' };
  expect(mergedDraft(start, mine, { ...start })).toBe(mine);
});

test('a text is one field: changed by both, it must be decided', () => {
  expect(mergedDraft('{"a":1}', '{"a":2}', '{"a":3}')).toBeUndefined();
});
