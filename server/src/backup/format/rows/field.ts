import { isJsonObject, type Json, type JsonObject } from '../../../change/core/json';

/** What may stand in a field: takes a value out of parsed JSON, or says what is wrong with it. */
export type Take<T> = (value: Json) => { value: T } | { problem: string };

/** A field of a row. */
export interface Field<T> {
  take: Take<T>;
  optional?: true;
}

export function required<T>(take: Take<T>): Field<T> {
  return { take };
}

export function optional<T>(take: Take<T>): Field<T> & { optional: true } {
  return { take, optional: true };
}

export const text: Take<string> = (value) => {
  if (typeof value !== 'string') return { problem: 'must be text' };
  return value.isWellFormed() ? { value } : { problem: 'holds half a character (a lone surrogate)' };
};

export const id: Take<string> = (value) =>
  typeof value === 'string' && /^[A-Za-z0-9-]{1,36}$/.test(value)
    ? { value }
    : { problem: 'must be an id: 1 to 36 letters, digits and hyphens' };

export const flag: Take<boolean> = (value) =>
  typeof value === 'boolean' ? { value } : { problem: 'must be true or false' };

/** A whole number that every database can keep. */
export const position: Take<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 31 - 1
    ? { value: value === 0 ? 0 : value }
    : { problem: 'must be a whole number of at most 32 bits' };

export const anyJson: Take<Json> = (value) => ({ value });

export const anyObject: Take<JsonObject> = (value) =>
  isJsonObject(value) ? { value } : { problem: 'must be a JSON object' };

/** A list without doubles. */
export function listOf(member: Take<string>): Take<string[]> {
  return (value) => {
    if (!Array.isArray(value)) return { problem: 'must be a list' };
    const taken: string[] = [];
    for (const item of value) {
      const result = member(item);
      if ('problem' in result) return { problem: `has a member that ${result.problem}` };
      taken.push(result.value);
    }
    return new Set(taken).size === taken.length ? { value: taken } : { problem: 'names a member twice' };
  };
}

/** An object with free keys. The copy has own keys only, so `__proto__` is a key like any other. */
export function mapOf<T>(member: Take<T>): Take<Record<string, T>> {
  return (value) => {
    if (!isJsonObject(value)) return { problem: 'must be a JSON object' };
    const taken: [string, T][] = [];
    for (const [key, item] of Object.entries(value)) {
      const result = member(item);
      if ('problem' in result)
        return { problem: `has at "${key.slice(0, 80)}" a value that ${result.problem}` };
      taken.push([key, result.value]);
    }
    return { value: Object.fromEntries(taken) };
  };
}

export const mapping: Take<{ pluginId: string; name: string }> = (value) => {
  if (!isJsonObject(value)) return { problem: 'must be a JSON object' };
  const pluginId = Object.hasOwn(value, 'pluginId')
    ? id(value['pluginId']!)
    : { problem: 'lacks "pluginId"' };
  if ('problem' in pluginId) return pluginId;
  const name = Object.hasOwn(value, 'name') ? text(value['name']!) : { problem: 'lacks "name"' };
  if ('problem' in name) return name;
  return { value: { pluginId: pluginId.value, name: name.value } };
};
