import { editingOf, inConflict, isReplaced, nearestPage } from './task-list';
import type { ConflictRow, SafeModeRow, TaskRow } from './types';

const safeMode = (given: Partial<SafeModeRow>) =>
  ({ status: 'OPEN', relation: 'OWNER', ...given }) as SafeModeRow;
const task = (...codes: ConflictRow['code'][]) =>
  ({ conflicts: codes.map((code) => ({ code })) }) as unknown as TaskRow;

test('only the owner edits, in the safe mode, while it is open; who previews it sees that they cannot', () => {
  expect(editingOf(safeMode({}), true)).toBe('ON');
  expect(editingOf(safeMode({ relation: 'PREVIEW' }), true)).toBe('OFF');
  expect(editingOf(safeMode({}), false)).toBe('NONE');
  expect(editingOf(safeMode({ status: 'APPLIED' }), true)).toBe('NONE');
});

test('an import since then stands against every change', () => {
  expect(isReplaced([task('UNIT_REPLACED'), task('UNIT_REPLACED')])).toBe(true);
  expect(isReplaced([task('FIELD_CHANGED'), task()])).toBe(false);
  expect(isReplaced([])).toBe(false);
});

test('what is in conflict can be listed alone', () => {
  const taken = task('NAME_TAKEN');
  expect(inConflict([task(), taken])).toEqual([taken]);
});

test.each([
  [0, 0, 0],
  [3, 101, 2],
  [1, 101, 1],
  [2, 100, 1],
])('of page %i in a list of %i, page %i is shown', (wanted, items, shown) => {
  expect(nearestPage(wanted, items, 50)).toBe(shown);
});
