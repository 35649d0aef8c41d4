import { canonical, sameObject } from '../canonical';
import { asJson } from '../descriptor';
import { detachFromFile, usersBesides } from './detach-from-file';
import { type Recording } from '../outcome';
import { conflictOf } from '../evaluation/proposal';
import { type Delete, type DeleteOperation, type ObjectName, type Place } from '../task';
import { recordedBy, shownObject, taskOf, withTask, type Workbench } from './workbench';

/** Records a removal. What only this file has vanishes; what live has becomes a delete of the live object. */
export function foldDelete(bench: Workbench, operation: DeleteOperation): Recording {
  const target = { kind: operation.kind, id: operation.target };
  const shown = shownObject(bench, target);
  const asTask = { id: operation.taskId, kind: operation.kind, target: operation.target };
  if (!shown) return { refused: [conflictOf(asTask, 'TARGET_MISSING', '')] };
  if (operation.basedOn && !sameObject(canonical(operation.kind, operation.basedOn), shown)) {
    const values = { base: asJson(operation.basedOn), live: asJson(shown) };
    return { refused: [conflictOf(asTask, 'DELETE_OF_CHANGED', '', values)] };
  }

  const users = usersBesides(bench, target, agreedPlaces(bench, target));
  if (users.length > 0 && !operation.detach) {
    const others = users.map(({ kind, id }) => ({ kind, id }));
    return { refused: [conflictOf(asTask, 'IN_USE', '', { others })] };
  }
  const detached = operation.detach ? detachFromFile(bench, target) : { tasks: bench.tasks, places: [] };
  const tasks = withTask(detached.tasks, target, deleteOf(bench, operation, detached.places));
  return { tasks };
}

function deleteOf(bench: Workbench, operation: DeleteOperation, places: Place[]): Delete | undefined {
  const target = { kind: operation.kind, id: operation.target };
  const base = bench.live.object(target);
  if (!base) return undefined;
  const detach = [...new Set([...agreedPlaces(bench, target), ...places])].sort();
  return { ...recordedBy(operation, base, taskOf(bench, target)), op: 'DELETE', base, detach };
}

function agreedPlaces(bench: Workbench, target: ObjectName): Place[] {
  const earlier = taskOf(bench, target);
  return earlier?.op === 'DELETE' ? earlier.detach : [];
}
