import { descriptors } from '../../../configuration/descriptors';
import { canonicalField } from '../canonical';
import { difference, fold } from './fold';
import { type JsonObject, type Maybe, own, pointerTo, setOwn } from '../json';
import { merge, type MovedField } from './merge';
import { type ConfigurationObject, type Entry, type Id, type Kind, type Patch } from '../task';

/** The patch with one field's entry set, or taken out; `undefined` when none is left. */
export function withEntry(
  patch: Patch | undefined,
  field: string,
  entry: Entry | undefined,
): Patch | undefined {
  const others = Object.entries(patch ?? {}).filter(([name]) => name !== field);
  const entries = entry === undefined ? others : [...others, [field, entry] as const];
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The patch after an edit of the asked fields; see `fold`. */
export function foldPatch(
  kind: Kind,
  patch: Patch | undefined,
  live: ConfigurationObject,
  shown: ConfigurationObject,
  asked: ConfigurationObject,
  gone: ReadonlySet<Id>,
): Patch | undefined {
  let folded = patch;
  for (const [field, value] of Object.entries(asked)) {
    const type = descriptors[kind].fields[field] ?? 'json';
    const entry = fold(type, own(patch ?? {}, field), {
      live: own(live, field),
      shown: own(shown, field),
      asked: canonicalField(type, value),
      gone,
    });
    folded = withEntry(folded, field, entry);
  }
  return folded;
}

/** What turns one object into another, or `undefined` when they are the same. */
export function objectDifference(
  kind: Kind,
  from: ConfigurationObject,
  to: ConfigurationObject,
): Patch | undefined {
  const fields = new Set([...Object.keys(from), ...Object.keys(to)]);
  let patch: Patch | undefined;
  for (const field of fields) {
    const type = descriptors[kind].fields[field] ?? 'json';
    patch = withEntry(patch, field, difference(type, own(from, field), own(to, field)));
  }
  return patch;
}

/** The object with the patch written over it as if mine won, and where live has moved. */
export function applyPatch(
  live: ConfigurationObject,
  patch: Patch,
  seen: ConfigurationObject,
): { value: ConfigurationObject; moved: MovedField[] } {
  const moved: MovedField[] = [];
  const value: JsonObject = {};
  for (const field of new Set([...Object.keys(live), ...Object.keys(patch)])) {
    const entry = own(patch, field);
    const now: Maybe = own(live, field);
    const merged = entry ? merge(entry, now, own(seen, field), pointerTo(field), moved) : now;
    if (merged !== undefined) setOwn(value, field, merged);
  }
  return { value, moved };
}

/** The object with the patch written over it, whatever it holds. */
export function overwritePatch(value: ConfigurationObject, patch: Patch): ConfigurationObject {
  return applyPatch(value, patch, value).value;
}
