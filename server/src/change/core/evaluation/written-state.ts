import { descriptors } from '../../../configuration/descriptors';
import { holderOf, type LiveView } from '../live-view';
import { type Proposal } from './proposal';
import { byKind, type ByKind } from '../slice';
import {
  type ConfigurationObject,
  type Delete,
  type Id,
  type Kind,
  type Place,
  type Reference,
} from '../task';

/** The slice with some proposals written over it. */
export interface WrittenState {
  objects: ByKind<ReadonlyMap<Id, ConfigurationObject>>;
  exists(kind: Kind, id: Id): boolean;
}

/** Writes the proposals over live, then drops the references that their deletes detach. */
export function writeProposals(live: LiveView, proposals: readonly Proposal[]): WrittenState {
  const objects = byKind((kind) => new Map(live.slice.objects[kind]));
  for (const { task, after } of proposals) {
    if (after) objects[task.kind].set(task.target, after);
    else objects[task.kind].delete(task.target);
  }
  for (const { task } of proposals) if (task.op === 'DELETE') detach(objects, task);
  return {
    objects,
    // A whole object of the slice that is no longer among the written ones is deleted.
    exists: (kind, id) =>
      objects[kind].has(id) || (!live.slice.objects[kind].has(id) && live.exists(kind, id)),
  };
}

/** The references of an object at one place to one target. */
export function referencesAt(value: ConfigurationObject, place: Place, to: Kind, target: Id): Reference[] {
  const { kind, id } = holderOf(place);
  return descriptors[kind]
    .references(id, value)
    .filter((reference) => reference.place === place && reference.to === to && reference.id === target);
}

function detach(objects: Record<Kind, Map<Id, ConfigurationObject>>, task: Delete): void {
  for (const place of task.detach) {
    const { kind, id } = holderOf(place);
    const value = objects[kind].get(id);
    if (!value) continue;
    const references = referencesAt(value, place, task.kind, task.target);
    objects[kind].set(
      id,
      references.reduce((left, reference) => descriptors[kind].drop(left, reference), value),
    );
  }
}
