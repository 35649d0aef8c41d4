import { descriptors } from '../../configuration/descriptors';
import { asJson, type FieldType } from './descriptor';
import { isJsonObject, type Maybe, presentKeys, sameJson } from './json';
import { type ConfigurationObject, type Kind } from './task';

/** The one form of a value in which equal objects are equal as JSON: sets sorted, empty permissions left out. */
export function canonical(kind: Kind, value: ConfigurationObject): ConfigurationObject {
  const { fields } = descriptors[kind];
  return presentKeys(
    Object.entries(value).map(([field, inner]) => [field, canonicalField(fields[field], inner)] as const),
  );
}

/** `canonical` of one field. */
export function canonicalField(type: FieldType | undefined, value: Maybe): Maybe {
  if (type === 'set') return canonicalSet(value);
  if (type === 'list') return isTextList(value) ? [...new Set(value)] : value;
  if (type !== 'setMap' || !isJsonObject(value)) return value;
  const sets = Object.entries(value).map(([key, set]) => [key, canonicalSet(set)] as const);
  return Object.fromEntries(sets.filter(([, set]) => !(Array.isArray(set) && set.length === 0))) as Maybe;
}

/** Whether two canonical objects are the same; an absent object is only the same as an absent one. */
export function sameObject(a: ConfigurationObject | undefined, b: ConfigurationObject | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && sameJson(asJson(a), asJson(b));
}

export function isTextList(value: Maybe): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function canonicalSet(value: Maybe): Maybe {
  return isTextList(value) ? [...new Set(value)].sort() : value;
}
