import { canonical } from './canonical';
import { type ConfigurationObject, type Id, type Kind, kinds, type ObjectName } from './task';

export type ByKind<T> = Readonly<Record<Kind, T>>;

/**
 * The part of a unit's configuration that some tasks or operations touch. Whoever is not in it, though it was asked
 * for, does not exist.
 */
export interface Slice {
  /** Whole objects by id. */
  objects: ByKind<ReadonlyMap<Id, ConfigurationObject>>;
  /** Objects that are only known to exist. */
  existing: ByKind<ReadonlySet<Id>>;
  /** What was asked for so far. */
  asked: SliceQuestion;
}

/** What a slice was asked for. `keys` are what `keyOf` of the kind's descriptor gives. */
export interface SliceQuestion {
  objects: ByKind<ReadonlySet<Id>>;
  existing: ByKind<ReadonlySet<Id>>;
  keys: ByKind<ReadonlySet<string>>;
  referrersOf: ByKind<ReadonlySet<Id>>;
}

/** What is still to be loaded; lists are sorted, without doubles, and may be empty. */
export interface SliceRequest {
  /** Whole objects by id. */
  objects: ByKind<readonly Id[]>;
  /** Only whether these exist. */
  existing: ByKind<readonly Id[]>;
  /** Whole objects whose key (see `keyOf`; for names `nameKey`) is one of these. Never asked of config keys. */
  keys: ByKind<readonly string[]>;
  /** Whole objects that refer to one of these. */
  referrersOf: ByKind<readonly Id[]>;
}

/** The answer to a request: every object found, whichever question found it, and the ids known to exist. */
export interface Loaded {
  objects: ByKind<ReadonlyMap<Id, ConfigurationObject>>;
  existing: ByKind<ReadonlySet<Id>>;
}

/** One value for each kind. */
export function byKind<T>(make: (kind: Kind) => T): Record<Kind, T> {
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
}

/** A slice that nothing was asked for yet. */
export function emptySlice(): Slice {
  const none = byKind(() => new Set<Id>());
  return {
    objects: byKind(() => new Map<Id, ConfigurationObject>()),
    existing: none,
    asked: { objects: none, existing: none, keys: none, referrersOf: none },
  };
}

/** The slice with the answer to a request. Values may come in any order of keys and members. */
export function extendSlice(slice: Slice, request: SliceRequest, loaded: Loaded): Slice {
  const also = <T>(set: ReadonlySet<T>, more: Iterable<T>) => new Set([...set, ...more]);
  return {
    objects: byKind((kind) => {
      const found = [...loaded.objects[kind]].map(([id, value]) => [id, canonical(kind, value)] as const);
      return new Map([...slice.objects[kind], ...found]);
    }),
    existing: byKind((kind) => also(slice.existing[kind], loaded.existing[kind])),
    asked: {
      objects: byKind((kind) => also(slice.asked.objects[kind], request.objects[kind])),
      existing: byKind((kind) => also(slice.asked.existing[kind], request.existing[kind])),
      keys: byKind((kind) => also(slice.asked.keys[kind], request.keys[kind])),
      referrersOf: byKind((kind) => also(slice.asked.referrersOf[kind], request.referrersOf[kind])),
    },
  };
}

/** The object, or `undefined` when there is none. */
export function objectIn(slice: Slice, { kind, id }: ObjectName): ConfigurationObject | undefined {
  return slice.objects[kind].get(id);
}

/** Every whole object of the slice. */
export function* objectsIn(slice: Slice): Generator<ObjectName & { value: ConfigurationObject }> {
  for (const kind of kinds) for (const [id, value] of slice.objects[kind]) yield { kind, id, value };
}
