/** Any JSON value. `null` is a value; absence is `undefined` and never appears inside arrays or objects. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A JSON value or nothing. */
export type Maybe = Json | undefined;

/** A JSON Pointer (RFC 6901); the empty string is the whole value. */
export type Pointer = string;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property of that name. `__proto__` is a key like any other; inherited ones are never seen. */
export function own<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Gives an object that is being made a property of its own. */
export function setOwn<T>(object: { [key: string]: T }, key: string, value: T): void {
  if (key !== '__proto__') object[key] = value;
  // Defined, not assigned: `__proto__` is an ordinary key here.
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** An object without the keys that are absent. */
export function presentKeys(keys: Iterable<readonly [string, Maybe]>): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of keys) if (value !== undefined) setOwn(object, key, value);
  return object;
}

/** The object with one key set, or taken out when the value is `undefined`. The original stays as it is. */
export function withKey<T>(
  object: { readonly [key: string]: T },
  key: string,
  value: T | undefined,
): { [key: string]: T } {
  const others = Object.entries(object).filter(([name]) => name !== key);
  // `fromEntries` defines own properties, so `__proto__` stays an ordinary key.
  if (value === undefined) return Object.fromEntries(others);
  return Object.hasOwn(object, key)
    ? Object.fromEntries(Object.entries(object).map(([name, old]) => [name, name === key ? value : old]))
    : Object.fromEntries([...others, [key, value]]);
}

/** Whether two values are the same: key order does not matter, array order does, strings as they are given. */
export function sameJson(a: Maybe, b: Maybe): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** The pointer to a place, from the names on the way. */
export function pointerTo(...names: string[]): Pointer {
  let pointer = '';
  for (const name of names) {
    // Names that need it are rare, and whole files are walked with a pointer to each place.
    const escaped = /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
    pointer += `/${escaped}`;
  }
  return pointer;
}

/** The names on the way to a place. Throws a `RangeError` when the text is no JSON Pointer. */
export function pointerNames(pointer: Pointer): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw new RangeError('A JSON Pointer is empty or begins with "/".');
  return pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at a place, or `undefined`. Array items are reached by their index. */
export function valueAt(value: unknown, pointer: Pointer): Maybe {
  let found = value as Maybe;
  for (const name of pointerNames(pointer)) {
    if (Array.isArray(found)) found = /^(0|[1-9]\d*)$/.test(name) ? found[Number(name)] : undefined;
    else if (isJsonObject(found)) found = own(found, name);
    else return undefined;
  }
  return found;
}
