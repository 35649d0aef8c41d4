import { descriptors } from '../../../configuration/descriptors';
import { canonical } from '../canonical';
import { isLeaf, isList, isMap, leaf, mapEntry } from '../fields/entry';
import { isJsonObject, type Maybe, own, pointerNames, sameJson, withKey } from '../json';
import { listEntry, reinsert, without } from '../fields/list';
import { withEntry } from '../fields/patch';
import { type Create, type Entry, type Patch, type Reference, type Update } from '../task';

/** The patch without its entries at or below the place of a reference; `undefined` when nothing is left. */
export function releaseEntries(patch: Patch, reference: Reference): Patch | undefined {
  return changeAtPlace(patch, reference, (entry) => {
    if (!isList(entry)) return undefined;
    return releaseMember(entry, reference.id);
  });
}

/** The patch without an entry that only unsets the reference: for places that a delete detaches anyway. */
export function releaseUnset(patch: Patch, reference: Reference): Patch | undefined {
  return changeAtPlace(patch, reference, (entry) => {
    if (isLeaf(entry)) return entry.to === undefined ? undefined : entry;
    return isList(entry) && !entry.to.includes(reference.id) ? releaseMember(entry, reference.id) : entry;
  });
}

/** The task without the reference that it adds; `undefined` when nothing is left of it. */
export function releaseReference(task: Create | Update, reference: Reference): Create | Update | undefined {
  if (task.op === 'CREATE') {
    const value = descriptors[task.kind].drop(canonical(task.kind, task.value), reference);
    return { ...task, value: canonical(task.kind, value) };
  }
  const patch = releaseEntries(task.patch, reference);
  return patch && { ...task, patch };
}

function changeAtPlace(
  patch: Patch,
  reference: Reference,
  change: (entry: Entry) => Entry | undefined,
): Patch | undefined {
  const [field = '', ...names] = pointerNames(reference.path);
  const entry = own(patch, field);
  return entry ? withEntry(patch, field, changeBelow(entry, names, reference, change)) : patch;
}

function changeBelow(
  entry: Entry,
  names: readonly string[],
  reference: Reference,
  change: (entry: Entry) => Entry | undefined,
): Entry | undefined {
  const [name, ...rest] = names;
  if (isLeaf(entry) && (name !== undefined || Array.isArray(entry.to))) {
    const to = withoutPlace(entry.to, names, reference.id);
    return sameJson(entry.from, to) ? undefined : leaf(entry.from, to);
  }
  if (name === undefined) return change(entry);
  if (!isMap(entry)) return entry;
  return mapEntry(
    Object.entries(entry.keys).map(([key, inner]) => [
      key,
      key === name ? changeBelow(inner, rest, reference, change) : inner,
    ]),
  );
}

/** A whole value of mine without what stands at a place, or without that member. */
function withoutPlace(value: Maybe, names: readonly string[], member: string): Maybe {
  const [name, ...rest] = names;
  if (name === undefined) return Array.isArray(value) ? value.filter((item) => item !== member) : undefined;
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return value;
  return withKey(value, name, withoutPlace(own(value, name), rest, member));
}

/** The list entry as if it had neither put in nor taken out that member. */
function releaseMember({ from, to }: { from: string[]; to: string[] }, member: string): Entry | undefined {
  if (from.includes(member) && !to.includes(member)) return listEntry(from, reinsert(to, from, member));
  return from.includes(member) ? { from, to } : listEntry(from, without(to, [member]));
}
