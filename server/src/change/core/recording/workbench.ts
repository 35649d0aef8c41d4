import { descriptors } from '../../../configuration/descriptors';
import { evaluate } from '../evaluation/evaluate';
import { holderOf, type LiveView, liveView } from '../live-view';
import { type Evaluation } from '../outcome';
import { propose } from '../evaluation/proposal';
import { objectIn, type Slice } from '../slice';
import {
  type ConfigurationObject,
  type Delete,
  type Id,
  type ObjectName,
  type Operation,
  type Reference,
  type Task,
} from '../task';
import { writeProposals, type WrittenState } from '../evaluation/written-state';

/** A task that is edited again and again must not grow by that. */
const mostOperationIds = 20;

/** Everything that folding one operation looks at. */
export interface Workbench {
  live: LiveView;
  tasks: readonly Task[];
  evaluation: Evaluation;
  /** The objects as if every task were written, those in conflict too. */
  drafts: WrittenState;
}

export function workbench(
  slice: Slice,
  tasks: readonly Task[],
  evaluation = evaluate(slice, tasks),
): Workbench {
  const live = liveView(slice);
  return {
    live,
    tasks,
    evaluation,
    drafts: writeProposals(
      live,
      tasks.map((task) => propose(live, task)),
    ),
  };
}

/** The task that changes an object. */
export function taskOf({ tasks }: Workbench, { kind, id }: ObjectName): Task | undefined {
  return tasks.find((task) => task.kind === kind && task.target === id);
}

/** What the admin sees; of an object whose create is in conflict, and which is not live either, the draft. */
export function shownObject(bench: Workbench, target: ObjectName): ConfigurationObject | undefined {
  const shown = objectIn(bench.evaluation.overlay, target);
  if (shown) return shown;
  const task = taskOf(bench, target);
  return task?.op === 'CREATE' && !bench.live.object(target) ? task.value : undefined;
}

/** Deletes that are not in conflict and detach something of this object. */
export function detachingDeletes({ tasks, evaluation }: Workbench, holder: ObjectName): Delete[] {
  const inConflict = new Set(evaluation.conflicts.map(({ task }) => task));
  return tasks.filter(
    (task): task is Delete =>
      task.op === 'DELETE' &&
      !inConflict.has(task.id) &&
      task.detach.some((place) => {
        const { kind, id } = holderOf(place);
        return kind === holder.kind && id === holder.id;
      }),
  );
}

/** Who is in a set of objects that refer to the target, with the references; the target itself left out. */
export function usersOf(
  target: ObjectName,
  objects: Slice['objects'],
): (ObjectName & { references: Reference[] })[] {
  return (Object.keys(objects) as (keyof Slice['objects'])[]).flatMap((kind) =>
    [...objects[kind]].flatMap(([id, value]) => {
      if (kind === target.kind && id === target.id) return [];
      const references = descriptors[kind]
        .references(id, value)
        .filter((reference) => reference.to === target.kind && reference.id === target.id);
      return references.length > 0 ? [{ kind, id, references }] : [];
    }),
  );
}

/** The tasks with one replaced, added at the end, or taken out. */
export function withTask(tasks: readonly Task[], target: ObjectName, task: Task | undefined): Task[] {
  const isIt = (other: Task) => other.kind === target.kind && other.target === target.id;
  if (!task) return tasks.filter((other) => !isIt(other));
  return tasks.some(isIt) ? tasks.map((other) => (isIt(other) ? task : other)) : [...tasks, task];
}

/** What every task keeps of the operation that it was last recorded by. */
export function recordedBy(
  { operationId, taskId, kind, target, at, by }: Operation,
  value: ConfigurationObject,
  earlier: Task | undefined,
): Pick<Task, 'id' | 'kind' | 'target' | 'key' | 'at' | 'by' | 'operationIds'> {
  const operationIds: Id[] = [
    ...(earlier?.operationIds ?? []).filter((id) => id !== operationId),
    operationId,
  ].slice(-mostOperationIds);
  const name = descriptors[kind].displayName(value);
  const key = typeof name === 'string' ? name : target;
  return { id: earlier?.id ?? taskId, kind, target, key, at, by, operationIds };
}
