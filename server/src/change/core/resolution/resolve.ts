import { canonical, canonicalField, isTextList, sameObject } from '../canonical';
import { descriptors } from '../../../configuration/descriptors';
import { evaluate } from '../evaluation/evaluate';
import { isList, leaf } from '../fields/entry';
import { difference } from '../fields/fold';
import { createAsPatch } from '../fields/create-as-patch';
import { type Json, type Maybe, own, pointerNames, sameJson } from '../json';
import { listEntry } from '../fields/list';
import { liveView } from '../live-view';
import { seenNow } from '../once-secret';
import { type Resolution } from '../outcome';
import { overwritePatch, withEntry } from '../fields/patch';
import { replaceEntry } from '../fields/patch-place';
import { detachConflict } from './remove';
import { type Slice } from '../slice';
import { type Conflict, type Create, type Delete, type Entry, type Task, type Update } from '../task';
import { withCorrection } from './correction';

/** The file with the conflict's task rewritten, or why not: live or the file moved since, or not a way out of this one. */
export type Resolved =
  { tasks: Task[]; refused?: undefined } | { refused: 'STALE' | 'NOT_OFFERED'; tasks?: undefined };

/** The ways out that the owner is offered, besides removing the task. */
export function resolutionsOf(conflict: Conflict, task: Task): Resolution[] {
  switch (conflict.code) {
    case 'FIELD_CHANGED':
      return ['MINE', 'THEIRS', 'VALUE'];
    case 'DELETE_OF_CHANGED':
      return ['MINE'];
    case 'NAME_TAKEN':
      return task.kind === 'PLUGIN' ? [] : ['VALUE'];
    case 'INVALID':
      return conflict.path === '' ? [] : ['VALUE'];
    case 'TARGET_MISSING':
      return task.op === 'UPDATE' ? ['RECREATE'] : [];
    case 'REFERENCE_MISSING':
    case 'REFERENCE_GAINED':
      return ['DETACH'];
    case 'UNIT_REPLACED':
      return ['REMATCH'];
    case 'IN_USE':
    case 'DEPENDENCY_REMOVED':
      return [];
  }
}

/**
 * Answers one conflict by rewriting its task; nothing else is stored, so the answer lapses by itself when live moves
 * again. `conflict` is the one that the owner saw: if the same one does not stand any more, nothing is rewritten.
 * `value` belongs to `VALUE`. `REMATCH` is for the whole file: see `rematch`.
 */
export function resolve(
  live: Slice,
  tasks: readonly Task[],
  conflict: Conflict,
  resolution: Exclude<Resolution, 'REMATCH'>,
  value?: Json,
): Resolved {
  const conflicts = evaluate(live, tasks).conflicts;
  const task = tasks.find(({ id }) => id === conflict.task);
  if (!task || !conflicts.some((standing) => sameConflict(standing, conflict))) return { refused: 'STALE' };
  if (!resolutionsOf(conflict, task).includes(resolution)) return { refused: 'NOT_OFFERED' };
  if (resolution === 'DETACH') return { tasks: detached(tasks, conflicts, conflict) };
  const rewritten = rewrite(live, task, conflict, resolution, value);
  return { tasks: tasks.flatMap((other) => (other === task ? (rewritten ?? []) : [other])) };
}

/** Whether two conflicts are the same, with the same values on all sides. */
export function sameConflict(a: Conflict, b: Conflict): boolean {
  return sameJson(asJsonValue(a), asJsonValue(b));
}

function asJsonValue(conflict: Conflict): Json {
  return conflict as unknown as Json;
}

function rewrite(
  live: Slice,
  task: Task,
  conflict: Conflict,
  resolution: 'MINE' | 'THEIRS' | 'VALUE' | 'RECREATE',
  value: Maybe,
): Task | undefined {
  if (resolution === 'RECREATE') return recreated(task as Update);
  if (task.op === 'DELETE') return { ...task, base: liveView(live).object(task) } as Delete;
  if (conflict.code !== 'FIELD_CHANGED') return withCorrection(liveView(live), task, conflict.path, value);
  if (task.op === 'CREATE') return decidedCreate(live, task, conflict, resolution, value);
  const patch = replaceEntry(task.patch, pointerNames(conflict.path), (entry) =>
    decidedEntry(entry, conflict, resolution, value),
  );
  // As when it is edited: whether what live holds now is a secret, only what live is now can say.
  return patch && { ...task, patch, ...seenNow(task, liveView(live).object(task) ?? task.seen) };
}

function detached(tasks: readonly Task[], conflicts: readonly Conflict[], conflict: Conflict): Task[] {
  const isAsked = ({ task, code, path, place }: Conflict) =>
    task === conflict.task &&
    code === conflict.code &&
    (code === 'REFERENCE_GAINED' || (path === conflict.path && place === conflict.place));
  const asked = conflicts.filter(isAsked);
  return asked.reduce<Task[]>(detachConflict, [...tasks]);
}

function recreated({ patch, seen, onceSecret: _, ...task }: Update): Create {
  const descriptor = descriptors[task.kind];
  const value = canonical(task.kind, descriptor.settle(overwritePatch(seen, patch), seen));
  return { ...task, op: 'CREATE', value };
}

function decidedEntry(
  entry: Entry,
  { live, mine }: Conflict,
  resolution: 'MINE' | 'THEIRS' | 'VALUE',
  value: Maybe,
): Entry | undefined {
  if (resolution === 'THEIRS') return undefined;
  const to = resolution === 'MINE' ? mine : value;
  if (isList(entry) && isTextList(live) && isTextList(to)) return listEntry(live, [...new Set(to)]);
  return sameJson(live, to) ? undefined : leaf(live, to);
}

/**
 * A create of something that is live by now: with mine it goes on as an update, with theirs as a create that agrees in
 * this field, until nothing of it differs.
 */
function decidedCreate(
  slice: Slice,
  task: Create,
  conflict: Conflict,
  resolution: 'MINE' | 'THEIRS' | 'VALUE',
  value: Maybe,
): Create | Update | undefined {
  const live = liveView(slice).object(task);
  const [field = ''] = pointerNames(conflict.path);
  if (!live) return undefined;
  const mine = canonical(task.kind, task.value);
  if (resolution === 'THEIRS') {
    const agreed = canonical(task.kind, { ...mine, [field]: own(live, field) });
    return sameObject(agreed, live) ? undefined : { ...task, value: agreed };
  }
  const type = descriptors[task.kind].fields[field] ?? 'json';
  const wanted = resolution === 'MINE' ? conflict.mine : canonicalField(type, value);
  const patch = withEntry(createAsPatch(mine, live), field, difference(type, own(live, field), wanted));
  const { value: _created, ...recorded } = task;
  return patch && { ...recorded, op: 'UPDATE', patch, seen: live };
}
