import { descriptors } from '../../../src/configuration/descriptors';
import { own, sameJson } from '../../../src/change/core/json';
import { objectIn, type Slice } from '../../../src/change/core/slice';
import { type Task } from '../../../src/change/core/task';
import { count } from '../../../src/change/core/testing/reached';
import { sorted } from '../../../src/change/core/testing/world';

/** Counts by type the fields that tasks write, and live has moved since: those that landed by a merge. */
export function countLanded(live: Slice, tasks: readonly Task[]): void {
  for (const task of tasks) {
    const now = objectIn(live, { kind: task.kind, id: task.target });
    if (task.op !== 'UPDATE' || !now) continue;
    for (const field of Object.keys(task.patch)) {
      const type = descriptors[task.kind].fields[field] ?? 'json';
      if (!sameJson(own(now, field), own(task.seen, field))) count(`merged ${type}`);
    }
  }
}

/** Tasks with everything that they hold, to compare. */
export const tasksInFull = (tasks: readonly Task[]): string[] =>
  tasks.map((task) => JSON.stringify(sorted(task))).sort();
