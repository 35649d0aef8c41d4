import { isTextList } from '../canonical';
import { isLeaf, isMap, isSet } from './entry';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  type Maybe,
  own,
  type Pointer,
  pointerTo,
  sameJson,
  setOwn,
} from '../json';
import { mergeList } from './list';
import { type Entry, type Leaf, type ListEntry, type MapEntry, type SetEntry } from '../task';

/** A place where live has moved to something that is neither what it was nor what is wanted. */
export interface MovedField {
  path: Pointer;
  base: Maybe;
  mine: Maybe;
  live: Maybe;
}

/**
 * The value of a field with the entry written over live, always as if mine won; where live has moved, that is noted in
 * `moved`. `seen` is the value when it was last edited, from which a dropped object is put together again.
 */
export function merge(entry: Entry, live: Maybe, seen: Maybe, path: Pointer, moved: MovedField[]): Maybe {
  if (isLeaf(entry)) return mergeLeaf(entry, live, path, moved);
  if (isSet(entry)) return mergeSet(entry, live, seen, path, moved);
  if (isMap(entry)) return mergeMap(entry, live, seen, path, moved);
  return mergeOrder(entry, live, path, moved);
}

function mergeLeaf({ from, to }: Leaf, live: Maybe, path: Pointer, moved: MovedField[]): Maybe {
  if (!sameJson(live, to) && !sameJson(live, from)) moved.push({ path, base: from, mine: to, live });
  return to;
}

function mergeSet(entry: SetEntry, live: Maybe, seen: Maybe, path: Pointer, moved: MovedField[]): Maybe {
  const set = live === undefined ? [] : live;
  if (!isTextList(set)) {
    moved.push({ path, base: seen, mine: entry.add, live });
    return entry.add;
  }
  return [...new Set([...set, ...entry.add])].filter((member) => !entry.remove.includes(member)).sort();
}

function mergeOrder(entry: ListEntry, live: Maybe, path: Pointer, moved: MovedField[]): Maybe {
  const merged = isTextList(live) ? mergeList(entry, live) : { order: entry.to, conflict: true };
  if (merged.conflict) moved.push({ path, base: entry.from, mine: merged.order, live });
  return merged.order;
}

function mergeMap(entry: MapEntry, live: Maybe, seen: Maybe, path: Pointer, moved: MovedField[]): Maybe {
  if (!isJsonObject(live)) {
    const mine = writeKeys(entry, isJsonObject(seen) ? seen : {}, seen, path, []);
    moved.push({ path, base: seen, mine, live });
    return mine;
  }
  return writeKeys(entry, live, seen, path, moved);
}

function writeKeys(
  { keys }: MapEntry,
  live: JsonObject,
  seen: Maybe,
  path: Pointer,
  moved: MovedField[],
): Json {
  const was = isJsonObject(seen) ? seen : {};
  const written: JsonObject = {};
  for (const name of new Set([...Object.keys(live), ...Object.keys(keys)])) {
    const entry = own(keys, name);
    const value: Maybe = own(live, name);
    const merged = entry ? merge(entry, value, own(was, name), path + pointerTo(name), moved) : value;
    // A permission that nobody has is absent.
    const isNobody = isSet(entry) && Array.isArray(merged) && merged.length === 0;
    if (merged !== undefined && !isNobody) setOwn(written, name, merged);
  }
  return written;
}
