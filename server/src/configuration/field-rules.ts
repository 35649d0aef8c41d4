import { isJsonObject, type Json, type Pointer, pointerTo } from '../change/core/json';
import { nameKey } from '../change/core/name-key';
import { type Fault } from '../change/core/task';

/** Characters of a stored name key; folding case can make a name longer. */
const maxNameKey = 250;

export const fault = (path: Pointer, message: string): Fault => ({ path, message });

/** A text that must be there and not be empty. */
export function textRule(path: Pointer, value: Json | undefined, maxLength: number): Fault[] {
  if (value === undefined) return [fault(path, 'is missing')];
  if (typeof value !== 'string') return [fault(path, 'must be text')];
  if (value.trim() === '') return [fault(path, 'must not be empty')];
  return value.length > maxLength ? [fault(path, `must have at most ${maxLength} characters`)] : [];
}

/** A name: as text, and with a name key that fits its column. */
export function nameRule(path: Pointer, value: Json | undefined, maxLength = 200): Fault[] {
  const faults = textRule(path, value, maxLength);
  if (faults.length > 0 || typeof value !== 'string') return faults;
  return nameKey(value).length > Math.max(maxNameKey, maxLength + 45)
    ? [fault(path, 'is too long when compared without case')]
    : [];
}

/** A text that may be absent or empty. */
export function optionalTextRule(path: Pointer, value: Json | undefined, maxLength: number): Fault[] {
  return value === undefined || value === '' ? [] : textRule(path, value, maxLength);
}

export function booleanRule(path: Pointer, value: Json | undefined): Fault[] {
  if (value === undefined) return [fault(path, 'is missing')];
  return typeof value === 'boolean' ? [] : [fault(path, 'must be true or false')];
}

export function objectRule(path: Pointer, value: Json | undefined): Fault[] {
  if (value === undefined) return [fault(path, 'is missing')];
  return isJsonObject(value) ? [] : [fault(path, 'must be a JSON object')];
}

/** A list of texts, each judged by `rule`; doubles are a fault. */
export function listRule(
  path: Pointer,
  value: Json | undefined,
  rule: (item: Json, path: Pointer) => Fault[],
): Fault[] {
  if (value === undefined) return [fault(path, 'is missing')];
  if (!Array.isArray(value)) return [fault(path, 'must be a list')];
  const doubles = new Set(value).size < value.length ? [fault(path, 'names something twice')] : [];
  return [...doubles, ...value.flatMap((item, index) => rule(item, `${path}/${index}`))];
}

/** A JSON object whose keys are ids and whose values are judged by `rule`. */
export function entriesRule(
  path: Pointer,
  value: Json | undefined,
  maxKeyLength: number,
  rule: (item: Json, path: Pointer, key: string) => Fault[],
): Fault[] {
  if (!isJsonObject(value)) return objectRule(path, value);
  return Object.entries(value).flatMap(([key, item]) => {
    const at = path + pointerTo(key);
    return [...textRule(at, key, maxKeyLength), ...rule(item, at, key)];
  });
}

/** Fields that this kind does not have. */
export function unknownFieldFaults(value: object, fields: object): Fault[] {
  return Object.keys(value)
    .filter((field) => !Object.hasOwn(fields, field))
    .map((field) => fault(pointerTo(field), 'is not a field of this kind'));
}
