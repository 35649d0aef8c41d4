import { workspacesOf } from './profile-filter';

const workspace = (id: string) => ({ id, name: id.toUpperCase() });
const all = [workspace('a'), workspace('b'), workspace('c')];

test('without a profile all workspaces show', () => {
  expect(workspacesOf(all, null)).toEqual(all);
});

test('a profile shows its workspaces in its own order and skips those that the viewer may not see', () => {
  const profile = { workspaces: [{ id: 'c' }, { id: 'private' }, { id: 'a' }] };
  expect(workspacesOf(all, profile).map(({ id }) => id)).toEqual(['c', 'a']);
});
