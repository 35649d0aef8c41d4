import { isJsonObject } from '../../change/core/json';
import { type Patch } from '../../change/core/task';

/**
 * Whether this is a patch by its structure; whether entries fit their fields is the core's business. Walked by hand,
 * since `__proto__` is an ordinary key here.
 */
export function isPatch(value: unknown): value is Patch {
  return isJsonObject(value) && holdsEntries(value);
}

function isEntry(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  if ('leaf' in value) return value.leaf === true && hasOnly(value, 'leaf', 'from', 'to');
  if ('add' in value) return areTexts(value.add) && areTexts(value.remove) && hasOnly(value, 'add', 'remove');
  if ('keys' in value) return isJsonObject(value.keys) && holdsEntries(value.keys) && hasOnly(value, 'keys');
  return areTexts(value.from) && areTexts(value.to) && hasOnly(value, 'from', 'to');
}

function holdsEntries(byKey: object): boolean {
  const entries: unknown[] = Object.values(byKey);
  return entries.length > 0 && entries.every(isEntry);
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function hasOnly(value: object, ...names: string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}
