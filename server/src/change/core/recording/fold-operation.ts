import { descriptors } from '../../../configuration/descriptors';
import { askedCreate, askedUpdate } from './asked-value';
import { canonical, sameObject } from '../canonical';
import { foldDelete } from './fold-delete';
import { own, pointerTo, sameJson } from '../json';
import { type MovedField } from '../fields/merge';
import { seenNow } from '../once-secret';
import { type Recording } from '../outcome';
import { foldPatch, objectDifference } from '../fields/patch';
import { conflictOf, faults } from '../evaluation/proposal';
import { releaseUnset } from './release';
import {
  type ConfigurationObject,
  type Conflict,
  type Create,
  type CreateOperation,
  type Id,
  type Operation,
  type Patch,
  type Task,
  type UpdateOperation,
} from '../task';
import { createAsPatch } from '../fields/create-as-patch';
import { holderOf } from '../live-view';
import { detachingDeletes, recordedBy, shownObject, taskOf, withTask, type Workbench } from './workbench';
import { referencesAt } from '../evaluation/written-state';

/** Folds one operation into the net tasks, or says what makes it impossible on top of what the admin sees. */
export function foldOperation(bench: Workbench, operation: Operation): Recording {
  switch (operation.op) {
    case 'CREATE':
      return foldCreate(bench, operation);
    case 'UPDATE':
      return foldUpdate(bench, operation);
    case 'DELETE':
      return foldDelete(bench, operation);
  }
}

/** The task that an operation would be, for conflicts that stop it before it is one. */
function asTask({ taskId: id, kind, target }: Operation): Pick<Task, 'id' | 'kind' | 'target'> {
  return { id, kind, target };
}

function foldCreate(bench: Workbench, operation: CreateOperation): Recording {
  const target = { kind: operation.kind, id: operation.target };
  const value = askedCreate(operation);
  const shown = bench.evaluation.overlay.objects[target.kind].get(target.id);
  if (shown) return createOfShown(bench, operation, shown, value);

  const earlier = taskOf(bench, target);
  const live = bench.live.object(target);
  const recorded = recordedBy(operation, value, earlier);
  if (earlier?.op !== 'DELETE' || !live) {
    return { tasks: withTask(bench.tasks, target, { ...recorded, op: 'CREATE', value }) };
  }
  // Removed and set again: what is left is the difference to live.
  const patch = objectDifference(operation.kind, live, value);
  const update: Task | undefined = patch && { ...recorded, op: 'UPDATE', patch, seen: live };
  return { tasks: withTask(bench.tasks, target, update) };
}

/** Somebody else made it first: the same is nothing to do, anything else is told field by field. */
function createOfShown(
  { tasks }: Workbench,
  operation: CreateOperation,
  shown: ConfigurationObject,
  value: ConfigurationObject,
): Recording {
  if (sameObject(shown, value)) return { tasks: [...tasks] };
  const fields = [...new Set([...Object.keys(value), ...Object.keys(shown)])];
  const differing = fields.filter((field) => !sameJson(own(shown, field), own(value, field)));
  return {
    refused: differing.map((field) =>
      conflictOf(asTask(operation), 'FIELD_CHANGED', pointerTo(field), {
        mine: own(value, field),
        live: own(shown, field),
      }),
    ),
  };
}

function foldUpdate(bench: Workbench, operation: UpdateOperation): Recording {
  const target = { kind: operation.kind, id: operation.target };
  const shown = shownObject(bench, target);
  if (!shown) return { refused: [conflictOf(asTask(operation), 'TARGET_MISSING', '')] };
  const { asked, moved } = askedUpdate(operation, shown);
  if (moved.length > 0) return { refused: moved.map((field) => movedConflict(operation, field)) };
  if (sameObject(shown, asked)) return { tasks: [...bench.tasks] };
  // Judged here too: an area that I set back to what live has would leave no entry to be judged.
  const invalid = faults(asTask(operation), shown, asked);
  if (invalid.length > 0) return { refused: invalid };

  const live = bench.live.object(target);
  const earlier = taskOf(bench, target);
  if (!live)
    return { tasks: withTask(bench.tasks, target, editedCreate(operation, asked, earlier as Create)) };
  const patch = editedPatch(bench, operation, live, shown, asked, earlier);
  const update: Task | undefined = patch && {
    ...recordedBy(operation, asked, earlier),
    op: 'UPDATE',
    patch,
    ...seenNow(earlier, live),
  };
  return { tasks: withTask(bench.tasks, target, update) };
}

function movedConflict(operation: UpdateOperation, { path, ...values }: MovedField): Conflict {
  return conflictOf(asTask(operation), 'FIELD_CHANGED', path, values);
}

function editedCreate(operation: UpdateOperation, asked: ConfigurationObject, earlier: Create): Create {
  return { ...recordedBy(operation, asked, earlier), op: 'CREATE', value: asked };
}

function editedPatch(
  bench: Workbench,
  { kind, target }: UpdateOperation,
  live: ConfigurationObject,
  shown: ConfigurationObject,
  asked: ConfigurationObject,
  earlier: Task | undefined,
): Patch | undefined {
  const deletes = detachingDeletes(bench, { kind, id: target });
  const gone = new Set<Id>(deletes.map((task) => task.target));
  const everyField = Object.fromEntries(
    Object.keys(descriptors[kind].fields).map((field) => [field, own(asked, field)]),
  );
  const folded = foldPatch(kind, earlierPatch(earlier, live), live, shown, everyField, gone);
  return deletes
    .flatMap((task) => task.detach.flatMap((place) => placeIn(live, place, task, kind, target)))
    .reduce<Patch | undefined>((patch, reference) => patch && releaseUnset(patch, reference), folded);
}

/** The reference that live has at a place of this object to what a delete removes. */
function placeIn(live: ConfigurationObject, place: string, deleting: Task, kind: Task['kind'], id: Id) {
  const at = holderOf(place);
  if (at.kind !== kind || at.id !== id) return [];
  return referencesAt(live, place, deleting.kind, deleting.target);
}

/** A create of what has become live meanwhile goes on as the difference to live; a delete is taken back. */
function earlierPatch(earlier: Task | undefined, live: ConfigurationObject): Patch | undefined {
  if (earlier?.op === 'UPDATE') return earlier.patch;
  return earlier?.op === 'CREATE' ? createAsPatch(canonical(earlier.kind, earlier.value), live) : undefined;
}
