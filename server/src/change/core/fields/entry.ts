import { type Maybe } from '../json';
import { type Entry, type Leaf, type ListEntry, type MapEntry, type SetEntry } from '../task';

export const isLeaf = (entry: Entry | undefined): entry is Leaf => entry !== undefined && 'leaf' in entry;
export const isSet = (entry: Entry | undefined): entry is SetEntry => entry !== undefined && 'add' in entry;
export const isMap = (entry: Entry | undefined): entry is MapEntry => entry !== undefined && 'keys' in entry;
export const isList = (entry: Entry | undefined): entry is ListEntry =>
  entry !== undefined && 'from' in entry && !('leaf' in entry);

/** An entry that replaces a value as a whole. */
export function leaf(from: Maybe, to: Maybe): Leaf {
  return { leaf: true, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

/** An entry by key, or `undefined` when no key has one. */
export function mapEntry(keys: Iterable<readonly [string, Entry | undefined]>): MapEntry | undefined {
  const kept = [...keys].filter((key): key is readonly [string, Entry] => key[1] !== undefined);
  return kept.length > 0 ? { keys: Object.fromEntries(kept) } : undefined;
}

/** A set's entry, or `undefined` when nothing is put in or taken out. */
export function setEntry(add: Iterable<string>, remove: Iterable<string>): SetEntry | undefined {
  const entry = { add: [...add].sort(), remove: [...remove].sort() };
  return entry.add.length + entry.remove.length > 0 ? entry : undefined;
}
