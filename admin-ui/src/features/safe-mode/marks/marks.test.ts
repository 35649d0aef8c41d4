import { marksOf } from './marks';

type Task = Parameters<typeof marksOf>[0][number];

const task = (
  operation: Task['operation'],
  type: Task['target']['type'],
  name: string,
  conflicts: Task['conflicts'] = [],
): Task => ({ id: `task ${name}`, operation, target: { type, id: `id ${name}`, name }, conflicts });

const conflict = [{ id: 'c' }];

test('what is created is new, what is updated is changed, everything else has no mark', () => {
  const marks = marksOf([task('CREATE', 'PROFILE', 'Sales'), task('UPDATE', 'PROFILE', 'Support')]);
  expect(marks.of('PROFILE', 'id Sales')).toBe('NEW');
  expect(marks.of('PROFILE', 'id Support')).toBe('CHANGED');
  expect(marks.of('PROFILE', 'id Press')).toBeUndefined();
  expect(marks.of('WORKSPACE', 'id Sales')).toBeUndefined();
});

test('a config key is found by its key', () => {
  const marks = marksOf([task('UPDATE', 'CONFIG_KEY', 'feed.url')]);
  expect(marks.of('CONFIG_KEY', 'feed.url')).toBe('CHANGED');
});

test('what is in conflict is marked as such: an update that shows live, a removal whose object is still there', () => {
  const marks = marksOf([
    task('UPDATE', 'PLUGIN', 'Clock', conflict),
    task('DELETE', 'PLUGIN', 'Board', conflict),
  ]);
  expect(marks.of('PLUGIN', 'id Clock')).toBe('IN_CONFLICT');
  expect(marks.of('PLUGIN', 'id Board')).toBe('IN_CONFLICT');
  expect(marks.removed('PLUGIN')).toEqual([]);
});

test('what lists leave out is told by kind: what goes, and what cannot come', () => {
  const marks = marksOf([
    task('DELETE', 'WORKSPACE', 'Old desk'),
    task('DELETE', 'PROFILE', 'Night'),
    task('CREATE', 'WORKSPACE', 'Twice', conflict),
    task('CREATE', 'WORKSPACE', 'New desk'),
  ]);
  expect(marks.removed('WORKSPACE')).toEqual([{ id: 'id Old desk', name: 'Old desk' }]);
  expect(marks.notAdded('WORKSPACE')).toEqual([{ id: 'id Twice', name: 'Twice' }]);
});
