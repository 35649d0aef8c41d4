import { descriptors } from '../../../configuration/descriptors';
import { type Pointer } from '../json';
import { liveView } from '../live-view';
import { propose } from '../evaluation/proposal';
import { type Slice } from '../slice';
import { type Fault, type Task } from '../task';

/**
 * What is wrong at or below a place of the object that a task makes, and was not before the task was rewritten. A task
 * that nothing is left of makes nothing wrong.
 */
export function valueFaults(live: Slice, before: Task, rewritten: Task | undefined, path: Pointer): Fault[] {
  const known = rewritten ? faultsOf(live, before) : [];
  const found = rewritten ? faultsOf(live, rewritten) : [];
  return found.filter(
    (fault) =>
      (fault.path === path || fault.path.startsWith(`${path}/`)) &&
      !known.some((old) => old.path === fault.path && old.message === fault.message),
  );
}

/** As if the values of the task won, wherever live has moved. */
function faultsOf(live: Slice, task: Task): Fault[] {
  const { after } = propose(liveView(live), task);
  return after ? descriptors[task.kind].validate(after) : [];
}
