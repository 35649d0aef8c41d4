import type { SafeModeRow, TaskRow } from './types';

/** What the viewer may do with single changes: nothing to be shown, shown but off, or all of it. */
export type Editing = 'NONE' | 'OFF' | 'ON';

/** The owner removes and resolves while in the safe mode; who previews it there sees that they cannot. */
export function editingOf({ status, relation }: SafeModeRow, isIn: boolean): Editing {
  if (status !== 'OPEN' || !isIn) return 'NONE';
  return relation === 'OWNER' ? 'ON' : 'OFF';
}

/** Whether a backup was imported since: then that stands against every change alike. */
export function isReplaced(tasks: readonly TaskRow[]): boolean {
  return (
    tasks.length > 0 && tasks.every(({ conflicts }) => conflicts.some(({ code }) => code === 'UNIT_REPLACED'))
  );
}

export const inConflict = (tasks: readonly TaskRow[]): TaskRow[] =>
  tasks.filter(({ conflicts }) => conflicts.length > 0);

/** The page of a list that is nearest to the wanted one, after the list may have become shorter. */
export function nearestPage(wanted: number, items: number, size: number): number {
  return Math.max(0, Math.min(wanted, Math.ceil(items / size) - 1));
}
