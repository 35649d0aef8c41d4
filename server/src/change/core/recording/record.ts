import { evaluate } from '../evaluation/evaluate';
import { foldOperation } from './fold-operation';
import { type Evaluation, type Recorded } from '../outcome';
import { type Slice } from '../slice';
import { type Conflict, type Operation, type Task } from '../task';
import { workbench } from './workbench';

/**
 * Folds the operations of one request into the file's net tasks, all or none. Refused when one is impossible on top of
 * live and the file, or when a task that was fine, or is new, would be in conflict; conflicts that the file has already
 * never stand in the way. The slice must hold what `nextRequest(slice, tasks, operations)` asks for. The given tasks are
 * left as they are; a task that nothing is left of is gone.
 */
export function record(live: Slice, tasks: readonly Task[], operations: readonly Operation[]): Recorded {
  const before = evaluate(live, tasks);
  let folded = [...tasks];
  let evaluation = before;
  for (const operation of operations) {
    const recording = foldOperation(workbench(live, folded, evaluation), operation);
    if (recording.refused) return recording;
    folded = recording.tasks;
    evaluation = evaluate(live, folded);
  }
  const added = addedConflicts(before, evaluation);
  return added.length > 0 ? { refused: added } : { tasks: folded, evaluation };
}

function addedConflicts(before: Evaluation, after: Evaluation): Conflict[] {
  const known = new Set(before.conflicts.map(sameReason));
  const wasInConflict = new Set(before.conflicts.map(targetOf));
  return after.conflicts.filter((conflict) => {
    if (known.has(sameReason(conflict))) return false;
    return !conflict.derived || !wasInConflict.has(targetOf(conflict));
  });
}

function targetOf({ kind, target }: Conflict): string {
  return JSON.stringify([kind, target]);
}

/** What makes two conflicts the same reason, however the values beside it have moved. */
function sameReason(conflict: Conflict): string {
  const { code, path, place, reference, fault } = conflict;
  const takenName = code === 'NAME_TAKEN' ? conflict.mine : undefined;
  return JSON.stringify([
    targetOf(conflict),
    code,
    path,
    place,
    reference?.to,
    reference?.id,
    fault,
    takenName,
  ]);
}
