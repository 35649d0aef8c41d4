import { type JsonObject, type Pointer, presentKeys } from './json';
import { type ConfigurationObject, type Fault, type Id, type Kind, type Reference } from './task';

/**
 * How a field is compared and merged: `scalar` and `json` as one value; `set` by member; `list` in order; `map` by key
 * as deep as there are objects; `leafMap` by its first keys; `setMap` by member under each key; `applications` as a map.
 */
export type FieldType = 'scalar' | 'json' | 'set' | 'list' | 'map' | 'leafMap' | 'setMap' | 'applications';

/** All there is to know about one kind of configuration. Pure. */
export interface Descriptor<T extends ConfigurationObject = ConfigurationObject> {
  kind: Kind;
  /** The field that people call the object by. */
  key: string;
  /** Whether that field is unique in a unit, and not already the id. */
  unique: boolean;
  fields: Readonly<Record<string, FieldType>>;
  /** What the key is compared by; `undefined` when there is none to compare. */
  keyOf(value: T): string | undefined;
  /** The value as it is stored: names trimmed, defaults filled in. */
  stored(value: T): T;
  /** What its objects may refer to. */
  refersTo: readonly Kind[];
  references(id: Id, value: T): Reference[];
  /** The value without that reference. */
  drop(value: T, reference: Reference): T;
  /** The value with every reference led to the id that `found` gives for it. */
  redirect(value: T, found: (kind: Kind, id: Id) => Id): T;
  /** Moves what `before` already had and the value has no room for any more (areas of a layout). */
  settle(value: T, before?: T): T;
  /** Everything that is wrong with the object by itself, whatever the rest of the unit holds. */
  validate(value: T): Fault[];
  /** What of an existing object may never change, and was changed. */
  validateEdit(before: T, after: T): Fault[];
  /** What the object is called in lists and messages. */
  displayName(value: T): string;
  /** Where secrets stand; a place may be empty, as when a manifest names a key that nobody has configured. */
  secrets(value: T): Pointer[];
}

/** The fields of an object as plain JSON, without those that are absent; the object itself where none is. */
export function asJson(value: ConfigurationObject): JsonObject {
  const fields = Object.values(value);
  return fields.includes(undefined) ? presentKeys(Object.entries(value)) : (value as JsonObject);
}
