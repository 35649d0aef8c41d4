import { isMap, mapEntry } from './entry';
import { own } from '../json';
import { withEntry } from './patch';
import { type Entry, type Patch } from '../task';

/** The patch with the entry at a place replaced, or taken out; as it is where no entry stands there. */
export function replaceEntry(
  patch: Patch,
  [field = '', ...names]: readonly string[],
  replace: (entry: Entry) => Entry | undefined,
): Patch | undefined {
  const entry = own(patch, field);
  return entry ? withEntry(patch, field, replaceBelow(entry, names, replace)) : patch;
}

function replaceBelow(
  entry: Entry,
  names: readonly string[],
  replace: (entry: Entry) => Entry | undefined,
): Entry | undefined {
  const [name, ...rest] = names;
  if (name === undefined) return replace(entry);
  if (!isMap(entry)) return entry;
  const keys = Object.entries(entry.keys).map(
    ([key, inner]) => [key, key === name ? replaceBelow(inner, rest, replace) : inner] as const,
  );
  return mapEntry(keys);
}
