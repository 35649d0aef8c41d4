import { descriptors } from '../../../configuration/descriptors';
import { asJson } from '../descriptor';
import { edit } from '../recording/edit';
import { byKind, objectsIn, type Slice } from '../slice';
import { type Change, type Conflict, kinds, type Operation } from '../task';
import { wholeSlice } from '../whole-configuration';

/** The unit after the changes have landed. */
export function landed(live: Slice, changes: readonly Change[]): Slice {
  const objects = byKind((kind) => new Map(live.objects[kind]));
  for (const { kind, id, after } of changes) {
    if (after) objects[kind].set(id, after);
    else objects[kind].delete(id);
  }
  return wholeSlice(objects);
}

/** A direct edit; a refused one leaves the unit as it is. */
export function edited(live: Slice, operations: readonly Operation[]): { live: Slice; refused: boolean } {
  const { changes, conflicts } = edit(live, operations);
  return { live: landed(live, changes), refused: conflicts.length > 0 };
}

/** What no configuration may ever be: dangling references, doubled keys, invalid objects. */
export function brokenRules(unit: Slice): string[] {
  const broken: string[] = [];
  const keys = new Set<string>();
  for (const { kind, id, value } of objectsIn(unit)) {
    const descriptor = descriptors[kind];
    for (const { to, id: target } of descriptor.references(id, value)) {
      if (!unit.objects[to].has(target)) broken.push(`${kind} ${id} refers to the missing ${to} ${target}`);
    }
    const key = `${kind} ${descriptor.keyOf(value) ?? ''}`;
    if (descriptor.unique && keys.has(key)) broken.push(`${key} is doubled`);
    keys.add(key);
    broken.push(...descriptor.validate(value).map(({ path, message }) => `${kind} ${id}${path} ${message}`));
  }
  return broken;
}

/** A whole unit as a plain value with keys in order, to compare. */
export function plain(unit: Slice): unknown {
  return kinds.map((kind) => [
    kind,
    [...unit.objects[kind]]
      .map(([id, value]) => [id, sorted(asJson(value))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

/** Conflicts as texts in order, to compare. */
export function told(conflicts: readonly Conflict[]): string[] {
  return conflicts.map((conflict) => JSON.stringify(sorted(conflict))).sort();
}

/** The same value with the keys of every object in order. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter((entry) => entry[1] !== undefined);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, sorted(inner)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
