import { descriptors } from '../../../configuration/descriptors';
import { canonical, isTextList } from '../canonical';
import { isLeaf, isList, isMap, isSet, leaf, mapEntry, setEntry } from '../fields/entry';
import { isJsonObject, type Json, type Maybe, own, sameJson } from '../json';
import { listEntry, mergeList } from '../fields/list';
import { holderOf } from '../live-view';
import { seenNow } from '../once-secret';
import { objectDifference, overwritePatch, withEntry } from '../fields/patch';
import { byKind, objectIn, type Slice } from '../slice';
import {
  type ConfigurationObject,
  type Delete,
  type Entry,
  type Id,
  type Kind,
  type ObjectName,
  type Patch,
  type Task,
  type Update,
} from '../task';

/**
 * The file carried over to another generation of the unit: targets and references found again by id, else by key where
 * exactly one object has it; `from`, bases and places read anew. What is not found keeps its id and will be in conflict.
 * `before` is the generation that the tasks were recorded on (empty when it is gone), `live` the present one; both hold
 * what `rematchRequest` asks for.
 */
export function rematch(before: Slice, live: Slice, tasks: readonly Task[]): Task[] {
  const found = matcher(before, live, tasks);
  const taken = new Set(tasks.map(({ kind, target }) => `${kind} ${target}`));
  return tasks.flatMap((task) => {
    const target = task.op === 'CREATE' ? task.target : found(task.kind, task.target);
    const isFree = target === task.target || !taken.has(`${task.kind} ${target}`);
    taken.add(`${task.kind} ${target}`);
    return carriedOver(live, { ...task, target: isFree ? target : task.target }, found) ?? [];
  });
}

type Match = (kind: Kind, id: Id) => Id;

function matcher(before: Slice, live: Slice, tasks: readonly Task[]): Match {
  const created = new Set(
    tasks.filter(({ op }) => op === 'CREATE').map(({ kind, target }) => `${kind} ${target}`),
  );
  const recorded = new Map(tasks.map((task) => [`${task.kind} ${task.target}`, recordedValue(task)]));
  const withKey = byKind((kind) => idsByKey(kind, live));
  return (kind, id) => {
    if (created.has(`${kind} ${id}`) || live.objects[kind].has(id) || live.existing[kind].has(id)) return id;
    const was = objectIn(before, { kind, id }) ?? recorded.get(`${kind} ${id}`);
    const key = was && descriptors[kind].keyOf(was);
    const same = key === undefined ? [] : (withKey[kind].get(key) ?? []);
    return same.length === 1 ? (same[0] ?? id) : id;
  };
}

function idsByKey(kind: Kind, { objects }: Slice): Map<string, Id[]> {
  const ids = new Map<string, Id[]>();
  for (const [id, value] of objects[kind]) {
    const key = descriptors[kind].keyOf(value);
    if (key !== undefined) ids.set(key, [...(ids.get(key) ?? []), id]);
  }
  return ids;
}

/** The object as the task knew it. */
export function recordedValue(task: Task): ConfigurationObject {
  if (task.op === 'CREATE') return task.value;
  return task.op === 'UPDATE' ? task.seen : task.base;
}

function carriedOver(live: Slice, task: Task, found: Match): Task | undefined {
  const descriptor = descriptors[task.kind];
  if (task.op === 'CREATE') return { ...task, value: descriptor.redirect(task.value, found) };
  const now = objectIn(live, { kind: task.kind, id: task.target });
  if (task.op === 'DELETE') return carriedDelete(live, task, now, found);
  return carriedUpdate(task, now, found);
}

function carriedDelete(
  live: Slice,
  task: Delete,
  now: ConfigurationObject | undefined,
  found: Match,
): Delete {
  const base = now ?? descriptors[task.kind].redirect(task.base, found);
  const holders = new Map(
    task.detach.map((place) => [JSON.stringify(holderIn(place, found)), holderIn(place, found)]),
  );
  const places = [...holders.values()].flatMap((holder) => {
    const value = objectIn(live, holder);
    const references = value ? descriptors[holder.kind].references(holder.id, value) : [];
    return references
      .filter(({ to, id }) => to === task.kind && id === task.target)
      .map(({ place }) => place);
  });
  return { ...task, base, detach: [...new Set(places)].sort() };
}

function holderIn(place: string, found: Match): ObjectName {
  const { kind, id } = holderOf(place);
  return { kind, id: found(kind, id) };
}

function carriedUpdate(task: Update, now: ConfigurationObject | undefined, found: Match): Update | undefined {
  const { kind } = task;
  const descriptor = descriptors[kind];
  const seen = canonical(kind, descriptor.redirect(task.seen, found));
  const mine = canonical(kind, descriptor.redirect(overwritePatch(task.seen, task.patch), found));
  const touched = objectDifference(kind, seen, mine);
  if (!touched) return undefined;
  if (!now) return { ...task, patch: touched, seen };
  let patch: Patch | undefined;
  for (const [field, entry] of Object.entries(touched))
    patch = withEntry(patch, field, readAnew(entry, own(now, field)));
  return patch && { ...task, patch, ...seenNow(task, now) };
}

/** The entry with live as its base. Where live has no object for it any more it stays, and is a conflict. */
function readAnew(entry: Entry, live: Maybe): Entry | undefined {
  if (isLeaf(entry)) return sameJson(entry.to, live) ? undefined : leaf(live, entry.to);
  if (isList(entry)) return isTextList(live) ? listEntry(live, mergeList(entry, live).order) : entry;
  if (isSet(entry)) {
    const members: Json[] = Array.isArray(live) ? live : [];
    const isIn = (member: string) => members.includes(member);
    return setEntry(
      entry.add.filter((member) => !isIn(member)),
      entry.remove.filter(isIn),
    );
  }
  if (!isMap(entry) || !isJsonObject(live)) return entry;
  return mapEntry(Object.entries(entry.keys).map(([key, inner]) => [key, readAnew(inner, own(live, key))]));
}
