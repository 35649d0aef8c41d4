import { type JsonObject, type Pointer, pointerNames, setOwn, valueAt } from '../change/core/json';
import { type ConfigurationObject, type Kind } from '../change/core/task';
import { type Sealer } from '../storage/sealer';
import { descriptors } from './descriptors';

/**
 * Where the object holds secrets.
 *
 * @param beside another state of the same object: what is secret there is secret here too
 */
export function secretPlaces(
  kind: Kind,
  value: ConfigurationObject,
  beside?: ConfigurationObject,
): Pointer[] {
  const descriptor = descriptors[kind];
  const named = [...descriptor.secrets(value), ...(beside ? descriptor.secrets(beside) : [])];
  return [...new Set(named)].filter((place) => valueAt(value, place) !== undefined);
}

/** The object with every secret value encrypted: what may stand in tables, files and the change log. */
export function sealSecrets(
  kind: Kind,
  value: ConfigurationObject,
  sealer: Sealer,
  beside?: ConfigurationObject,
): ConfigurationObject {
  return replaced(value, secretPlaces(kind, value, beside), (secret) => sealer.seal(JSON.stringify(secret)));
}

/** The opposite of `sealSecrets`; `beside` may be sealed. */
export function openSecrets(
  kind: Kind,
  value: ConfigurationObject,
  sealer: Sealer,
  beside?: ConfigurationObject,
): ConfigurationObject {
  const places = secretPlaces(kind, value, beside);
  return replaced(value, places, (sealed) => JSON.parse(sealer.open(sealed as string)) as JsonObject);
}

function replaced(
  value: ConfigurationObject,
  places: readonly Pointer[],
  replace: (secret: unknown) => string | JsonObject,
): ConfigurationObject {
  if (places.length === 0) return value;
  const copy = structuredClone(value) as JsonObject;
  for (const pointer of places) {
    const names = pointerNames(pointer);
    const last = names.pop()!;
    const parent = names.reduce((place, name) => place[name] as JsonObject, copy);
    setOwn(parent, last, replace(valueAt(value, pointer)));
  }
  return copy;
}
