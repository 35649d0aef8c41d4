import { type JsonObject, pointerNames, valueAt } from '../change/json';
import { type ConfigurationObject, type Kind } from '../change/task';
import { type Sealer } from '../storage/sealer';
import { descriptors } from './descriptors';

/** The object with every secret value encrypted: what may stand in tables, files and the change log. */
export function sealSecrets(kind: Kind, value: ConfigurationObject, sealer: Sealer): ConfigurationObject {
  return replaceSecrets(kind, value, (secret) => sealer.seal(JSON.stringify(secret)));
}

/** The opposite of `sealSecrets`. */
export function openSecrets(kind: Kind, value: ConfigurationObject, sealer: Sealer): ConfigurationObject {
  return replaceSecrets(kind, value, (sealed) => JSON.parse(sealer.open(sealed as string)) as JsonObject);
}

function replaceSecrets(
  kind: Kind,
  value: ConfigurationObject,
  replace: (secret: unknown) => string | JsonObject,
): ConfigurationObject {
  const pointers = descriptors[kind].secrets(value);
  if (pointers.length === 0) return value;
  const copy = structuredClone(value) as JsonObject;
  for (const pointer of pointers) {
    const names = pointerNames(pointer);
    const last = names.pop()!;
    const parent = names.reduce((place, name) => place[name] as JsonObject, copy);
    // Defined, not assigned: `__proto__` is an ordinary key here.
    Object.defineProperty(parent, last, {
      value: replace(valueAt(value, pointer)),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy;
}
