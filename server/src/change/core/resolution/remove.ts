import { evaluate } from '../evaluation/evaluate';
import { type DependentsMode, type Removal } from '../outcome';
import { type Slice } from '../slice';
import { releaseReference } from '../recording/release';
import { type Conflict, type Delete, type Id, type Task } from '../task';

/**
 * Takes a task out of the file. Tasks that are fine with it and in conflict without it are its dependents: `REFUSE`
 * names them and changes nothing, `CASCADE` takes them out too, `DETACH` drops their references and refuses with those
 * tasks whose dependency is no reference. Removing a delete does not bring back updates that were folded into it.
 */
export function removeTask(live: Slice, tasks: readonly Task[], id: Id, mode: DependentsMode): Removal {
  if (mode === 'DETACH') return detachDependents(live, tasks, id);
  const dependents = dependentsOf(live, tasks, id);
  if (mode === 'REFUSE' && dependents.length > 0) return { dependents };
  const removed = [id, ...dependents];
  return { tasks: tasks.filter((task) => !removed.includes(task.id)), removed };
}

/** The tasks that are fine with a task and in conflict without it, and those that are so without them in turn. */
export function dependentsOf(live: Slice, tasks: readonly Task[], id: Id): Id[] {
  const wasInConflict = tasksInConflict(live, tasks);
  const removed = new Set([id]);
  for (;;) {
    const left = tasks.filter((task) => !removed.has(task.id));
    const broken = [...tasksInConflict(live, left)].filter((task) => !wasInConflict.has(task));
    if (broken.length === 0) return [...removed].slice(1);
    broken.forEach((task) => removed.add(task));
  }
}

function tasksInConflict(live: Slice, tasks: readonly Task[]): Set<Id> {
  return new Set(evaluate(live, tasks).conflicts.map(({ task }) => task));
}

function detachDependents(live: Slice, tasks: readonly Task[], id: Id): Removal {
  const wasInConflict = tasksInConflict(live, tasks);
  let left = tasks.filter((task) => task.id !== id);
  for (;;) {
    const broken = evaluate(live, left).conflicts.filter(({ task }) => !wasInConflict.has(task));
    if (broken.length === 0) return { tasks: [...left], removed: missingFrom(tasks, left) };
    const asked = firstToDetach(broken);
    const stuck = asked.filter((conflict) => !detachable(conflict));
    if (stuck.length > 0) return { dependents: [...new Set(stuck.map(({ task }) => task))] };
    left = asked.reduce<Task[]>(detachConflict, left);
  }
}

/** What stands only because of others stands no more once those are detached, and keeps its reference. */
function firstToDetach(conflicts: readonly Conflict[]): readonly Conflict[] {
  const direct = conflicts.filter(({ derived }) => !derived);
  return direct.length > 0 ? direct : conflicts;
}

/** Whether the conflict goes away by dropping a reference. */
export function detachable({ code }: Conflict): boolean {
  return code === 'REFERENCE_MISSING' || code === 'REFERENCE_GAINED' || code === 'DEPENDENCY_REMOVED';
}

/** The tasks with the reference of a conflict dropped: from the patch or create, or by the delete at that place. */
export function detachConflict(tasks: readonly Task[], { task: id, place, reference }: Conflict): Task[] {
  return tasks.flatMap((task) => {
    if (task.id !== id || !reference || place === undefined) return [task];
    if (task.op === 'DELETE') return [withPlace(task, place)];
    return releaseReference(task, reference) ?? [];
  });
}

function withPlace(task: Delete, place: string): Delete {
  return { ...task, detach: [...new Set([...task.detach, place])].sort() };
}

function missingFrom(tasks: readonly Task[], left: readonly Task[]): Id[] {
  const kept = new Set(left.map(({ id }) => id));
  return tasks.map(({ id }) => id).filter((id) => !kept.has(id));
}
