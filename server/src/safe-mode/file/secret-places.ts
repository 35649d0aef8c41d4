import { descriptors } from '../../configuration/descriptors';
import { isLeaf, isList, isMap, isSet } from '../../change/core/fields/entry';
import { own, type Pointer, pointerNames, pointerTo, valueAt } from '../../change/core/json';
import { secretsOf } from '../../change/core/once-secret';
import { overwritePatch } from '../../change/core/fields/patch';
import {
  type ConfigurationObject,
  type Entry,
  type Patch,
  type Task,
  type Update,
} from '../../change/core/task';

/**
 * Where a task holds secrets. What is secret in one state of the object that the task knows is secret in all of them:
 * a value that becomes a secret must not stay in clear as what it was before. None of the places is inside another.
 */
export function secretPlaces(task: Task): Pointer[] {
  const descriptor = descriptors[task.kind];
  if (task.op === 'CREATE') return placesIn('value', task.value, descriptor.secrets(task.value));
  if (task.op === 'DELETE') return placesIn('base', task.base, descriptor.secrets(task.base));
  const inStates = statesOf(task).flatMap((state) => descriptor.secrets(state));
  const named = [...new Set([...inStates, ...secretsOf(task)])];
  return [...placesIn('seen', task.seen, named), ...placesInPatch(task.patch, named)];
}

/** The object when it was last edited, as it is wanted, and as it was when each field was edited. */
function statesOf({ seen, patch }: Update): ConfigurationObject[] {
  const reversed = Object.fromEntries(
    Object.entries(patch).map(([field, entry]) => [field, reverse(entry)] as const),
  );
  return [seen, overwritePatch(seen, patch), overwritePatch(seen, reversed)];
}

function reverse(entry: Entry): Entry {
  if (isSet(entry)) return { add: entry.remove, remove: entry.add };
  if (isList(entry)) return { from: entry.to, to: entry.from };
  if (isMap(entry)) {
    const keys = Object.entries(entry.keys).map(([key, inner]) => [key, reverse(inner)] as const);
    return { keys: Object.fromEntries(keys) };
  }
  const { from, to } = entry;
  return { leaf: true, ...(to !== undefined && { from: to }), ...(from !== undefined && { to: from }) };
}

function placesIn(side: string, state: ConfigurationObject, secrets: readonly Pointer[]): Pointer[] {
  return secrets
    .filter((place) => valueAt(state, place) !== undefined)
    .map((place) => pointerTo(side) + place);
}

function placesInPatch(patch: Patch, secrets: readonly Pointer[]): Pointer[] {
  return [...new Set(secrets.flatMap((place) => entryPlace(patch, pointerNames(place)) ?? []))];
}

/** The place of the entry that edits a secret or anything in it, or of the value around that is replaced as a whole. */
function entryPlace(patch: Patch, secret: readonly string[]): Pointer | undefined {
  const [field = '', ...names] = secret;
  let entry = own(patch, field);
  let place = pointerTo('patch', field);
  for (const [depth, name] of names.entries()) {
    if (isLeaf(entry)) {
      const inside = pointerTo(...names.slice(depth));
      const holdsIt = [entry.from, entry.to].some((side) => valueAt(side, inside) !== undefined);
      return holdsIt ? place : undefined;
    }
    if (!isMap(entry)) return undefined;
    entry = own(entry.keys, name);
    place += pointerTo('keys', name);
  }
  return entry && place;
}
