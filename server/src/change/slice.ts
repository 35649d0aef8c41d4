import { type ConfigurationObject, type Id, type Kind } from './task';

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
