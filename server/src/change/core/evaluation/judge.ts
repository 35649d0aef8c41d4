import { descriptors } from '../../../configuration/descriptors';
import { asJson } from '../descriptor';
import { own, pointerTo, valueAt } from '../json';
import { type LiveView } from '../live-view';
import { conflictOf, type Proposal } from './proposal';
import {
  type ConfigurationObject,
  type Conflict,
  type Id,
  type Kind,
  kinds,
  type ObjectName,
  type Reference,
  type Task,
} from '../task';
import { type WrittenState } from './written-state';

/** Tasks by the object that they change. */
export class TaskIndex {
  private readonly byTarget: ReadonlyMap<string, Task>;

  constructor(tasks: Iterable<Task>) {
    this.byTarget = new Map([...tasks].map((task) => [`${task.kind} ${task.target}`, task]));
  }

  of({ kind, id }: ObjectName): Task | undefined {
    return this.byTarget.get(`${kind} ${id}`);
  }
}

/** What the judges of one round look at. */
export interface Round {
  live: LiveView;
  written: WrittenState;
  proposals: readonly Proposal[];
  /** The tasks that are written in this round, and those left out because they are in conflict. */
  tasks: TaskIndex;
  leftOut: TaskIndex;
}

/** What is wrong between objects: references that lead nowhere, and keys that two objects have. */
export function judgeBetweenObjects(round: Round): Conflict[] {
  return [...judgeReferences(round), ...judgeKeys(round)];
}

function judgeReferences(round: Round): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const kind of kinds) {
    for (const [id, value] of round.written.objects[kind]) {
      for (const reference of descriptors[kind].references(id, value)) {
        if (round.written.exists(reference.to, reference.id)) continue;
        const conflict = dangling(round, { kind, id }, value, reference);
        if (conflict) conflicts.push(conflict);
      }
    }
  }
  return conflicts;
}

/** A reference that live holds is the fault of the delete, one that a task adds the fault of that task. */
function dangling(
  { live, tasks, leftOut }: Round,
  holder: ObjectName,
  value: ConfigurationObject,
  reference: Reference,
): Conflict | undefined {
  const target = { kind: reference.to, id: reference.id };
  const place = { place: reference.place, reference };
  const deleting = tasks.of(target);
  const holderTask = tasks.of(holder);

  if (live.holds(holder, reference)) {
    const because = leftOut.of(holder);
    return (
      deleting &&
      conflictOf(deleting, 'REFERENCE_GAINED', '', {
        ...place,
        others: [holder],
        because: because && [because.id],
      })
    );
  }
  if (!holderTask) return undefined;
  const missingCreate = leftOut.of(target);
  const code = missingCreate?.op === 'CREATE' ? 'DEPENDENCY_REMOVED' : 'REFERENCE_MISSING';
  const because = missingCreate ?? deleting;
  const mine = valueAt(asJson(value), reference.path);
  return conflictOf(holderTask, code, reference.path, {
    ...place,
    mine,
    others: [target],
    because: because && [because.id],
  });
}

function judgeKeys(round: Round): Conflict[] {
  return kinds.filter((kind) => descriptors[kind].unique).flatMap((kind) => judgeKeysOf(kind, round));
}

function judgeKeysOf(kind: Kind, round: Round): Conflict[] {
  const holders = new Map<string, Id[]>();
  for (const [id, value] of round.written.objects[kind]) {
    const key = descriptors[kind].keyOf(value);
    if (key !== undefined) holders.set(key, [...(holders.get(key) ?? []), id]);
  }
  return [...holders.values()].filter((ids) => ids.length > 1).flatMap((ids) => doubled(kind, ids, round));
}

/** Whoever brings the key is blamed, not who only keeps it. */
function doubled(kind: Kind, ids: readonly Id[], { live, written, tasks, leftOut }: Round): Conflict[] {
  const descriptor = descriptors[kind];
  const because = ids.flatMap((id) => leftOut.of({ kind, id })?.id ?? []);
  return ids.flatMap((id) => {
    const task = tasks.of({ kind, id });
    const [before, after] = [live.object({ kind, id }), written.objects[kind].get(id)];
    if (!task || !after) return [];
    const brings =
      task.op === 'CREATE' || before === undefined || descriptor.keyOf(before) !== descriptor.keyOf(after);
    if (!brings) return [];
    const others = ids.filter((other) => other !== id).map((other) => ({ kind, id: other }));
    const mine = own(after, descriptor.key);
    return [
      conflictOf(task, 'NAME_TAKEN', pointerTo(descriptor.key), {
        mine,
        others,
        because: because.length > 0 ? because : undefined,
      }),
    ];
  });
}
