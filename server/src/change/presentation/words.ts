import { type Json, type Pointer, pointerNames } from '../core/json';
import { type Kind } from '../core/task';

/** What the kinds are called in running text. */
export const kindWords: Readonly<Record<Kind, string>> = {
  PLUGIN: 'plugin',
  WORKSPACE: 'workspace',
  PROFILE: 'profile',
  CONFIG_KEY: 'config key',
};

/** Fields whose name in the data is no word. */
const fieldWords: ReadonlyMap<string, string> = new Map([
  ['manifestUrl', 'manifest address'],
  ['pluginId', 'plugin'],
]);

/** A field as people call it. */
export const fieldInWords = (field: string): string => fieldWords.get(field) ?? field;

/**
 * A place in an object, as people call it: `name`, `configuration “server › url”`, `area of an application`. Ids of
 * applications, which nobody knows, are left out.
 */
export function placeInWords(path: Pointer): string {
  const [field = '', ...names] = pointerNames(path);
  if (field !== 'applications' || names.length === 0) return within(field, names);
  const [, part, ...rest] = names;
  return part === undefined ? 'an application' : `${within(part, rest)} of an application`;
}

/** `the profile “Sales”`, or `a profile` where nobody knows its name. */
export function objectInWords(kind: Kind, name: Json | undefined): string {
  return typeof name === 'string' ? `the ${kindWords[kind]} “${name}”` : `a ${kindWords[kind]}`;
}

function within(field: string, names: readonly string[]): string {
  return names.length === 0 ? fieldInWords(field) : `${fieldInWords(field)} “${names.join(' › ')}”`;
}
