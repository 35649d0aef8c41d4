import { descriptors } from '../../configuration/descriptors';
import { objectIn, objectsIn, type Slice } from './slice';
import {
  type ConfigurationObject,
  type Id,
  type Kind,
  type ObjectName,
  type Reference,
  type Task,
} from './task';

/** What can be asked of the live slice. */
export interface LiveView {
  slice: Slice;
  object(target: ObjectName | Task): ConfigurationObject | undefined;
  exists(kind: Kind, id: Id): boolean;
  /** Whether the live object has this very reference at this place. */
  holds(holder: ObjectName, reference: Reference): boolean;
}

export function liveView(slice: Slice): LiveView {
  let referred: Set<string> | undefined;
  return {
    slice,
    object: (target) =>
      objectIn(slice, 'target' in target ? { kind: target.kind, id: target.target } : target),
    exists(kind, id) {
      if (slice.objects[kind].has(id) || slice.existing[kind].has(id)) return true;
      // Live never dangles: what a live object refers to exists, though nobody asked for it.
      referred ??= referredIds(slice);
      return referred.has(`${kind} ${id}`);
    },
    holds(holder, reference) {
      const value = objectIn(slice, holder);
      if (!value) return false;
      return descriptors[holder.kind]
        .references(holder.id, value)
        .some((held) => sameReference(held, reference));
    },
  };
}

export function sameReference(a: Reference, b: Reference): boolean {
  return a.place === b.place && a.to === b.to && a.id === b.id;
}

/** The object that has a place. */
export function holderOf(place: string): ObjectName {
  const [holder = ''] = place.split('#', 1);
  const colon = holder.indexOf(':');
  return { kind: holder.slice(0, colon).toUpperCase() as Kind, id: holder.slice(colon + 1) };
}

function referredIds(slice: Slice): Set<string> {
  const referred = new Set<string>();
  for (const { kind, id, value } of objectsIn(slice)) {
    for (const reference of descriptors[kind].references(id, value))
      referred.add(`${reference.to} ${reference.id}`);
  }
  return referred;
}
