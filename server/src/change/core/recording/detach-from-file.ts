import { descriptors } from '../../../configuration/descriptors';
import { own, pointerNames } from '../json';
import { sameReference } from '../live-view';
import { foldPatch } from '../fields/patch';
import { releaseEntries, releaseReference, releaseUnset } from './release';
import { objectIn } from '../slice';
import { type ObjectName, type Patch, type Place, type Reference, type Task, type Update } from '../task';
import { detachingDeletes, usersOf, withTask, type Workbench } from './workbench';

type User = ObjectName & { references: Reference[] };

/** Who refers to the target in what the admin sees, or in a task that is in conflict, at other places than the agreed. */
export function usersBesides(bench: Workbench, target: ObjectName, agreed: readonly Place[]): User[] {
  const users = new Map<string, User>();
  const found = [bench.evaluation.overlay.objects, bench.drafts.objects].flatMap((objects) =>
    usersOf(target, objects),
  );
  for (const user of found) {
    const references = user.references.filter(({ place }) => !agreed.includes(place));
    if (references.length > 0) users.set(`${user.kind} ${user.id}`, { ...user, references });
  }
  return [...users.values()];
}

/**
 * Drops the references to the target from the file's tasks, and lists the places where live holds one. A place where
 * the file shows another target instead is not listed.
 */
export function detachFromFile(
  bench: Workbench,
  target: ObjectName,
): { tasks: readonly Task[]; places: Place[] } {
  let tasks = bench.tasks;
  const places: Place[] = [];
  for (const user of usersOf(target, bench.live.slice.objects)) {
    for (const reference of user.references.filter((held) => !isReplaced(bench, user, held))) {
      places.push(reference.place);
      tasks = withoutOwnEntries(bench, tasks, user, reference);
    }
  }
  for (const user of usersBesides(bench, target, [])) {
    for (const reference of user.references) {
      if (!bench.live.holds(user, reference)) tasks = foldAway(bench, tasks, user, reference);
    }
  }
  return { tasks, places };
}

function draftReferences({ drafts }: Workbench, { kind, id }: ObjectName): Reference[] {
  const draft = drafts.objects[kind].get(id);
  return draft ? descriptors[kind].references(id, draft) : [];
}

function isReplaced(bench: Workbench, user: ObjectName, held: Reference): boolean {
  const isMemberOfList = pointerNames(held.path).length === 1;
  if (isMemberOfList) return false;
  return draftReferences(bench, user).some(({ place, id }) => place === held.place && id !== held.id);
}

/** My entries at a place that is detached go: an edit below it, or an unset, which the delete does anyway. */
function withoutOwnEntries(
  bench: Workbench,
  tasks: readonly Task[],
  user: ObjectName,
  held: Reference,
): readonly Task[] {
  const task = taskFor(tasks, user);
  if (task?.op !== 'UPDATE') return tasks;
  const isKept = draftReferences(bench, user).some((reference) => sameReference(reference, held));
  const release = isKept ? releaseEntries : releaseUnset;
  return withTask(tasks, user, withPatch(task, release(task.patch, held)));
}

/** A reference that only this file holds goes as by an ordinary edit. */
function foldAway(
  bench: Workbench,
  tasks: readonly Task[],
  user: ObjectName,
  reference: Reference,
): readonly Task[] {
  const task = taskFor(tasks, user);
  if (!task || task.op === 'DELETE') return tasks;
  const live = bench.live.object(user);
  const shown = objectIn(bench.evaluation.overlay, user);
  const isShown =
    shown && descriptors[user.kind].references(user.id, shown).some((held) => sameReference(held, reference));
  if (task.op === 'CREATE' || !live || !isShown)
    return withTask(tasks, user, releaseReference(task, reference));

  const [field = ''] = pointerNames(reference.path);
  const asked = { [field]: own(descriptors[user.kind].drop(shown, reference), field) };
  const gone = new Set(detachingDeletes(bench, user).map((deleting) => deleting.target));
  return withTask(tasks, user, withPatch(task, foldPatch(user.kind, task.patch, live, shown, asked, gone)));
}

function taskFor(tasks: readonly Task[], { kind, id }: ObjectName): Task | undefined {
  return tasks.find((task) => task.kind === kind && task.target === id);
}

function withPatch(task: Update, patch: Patch | undefined): Update | undefined {
  return patch && { ...task, patch };
}
