import { type Descriptor, type FieldType } from '../core/descriptor';
import {
  isJsonObject,
  type Json,
  type Maybe,
  own,
  type Pointer,
  pointerTo,
  sameJson,
  valueAt,
} from '../core/json';
import { type ConfigurationObject } from '../core/task';

/** One field that differs, for people to read. A missing side means absent; of a secret only the place is told. */
export interface FieldChange {
  path: Pointer;
  from?: Json;
  to?: Json;
  masked: boolean;
}

/** Fields that are told key by key where both sides allow it. */
const byKey: ReadonlySet<FieldType> = new Set<FieldType>(['map', 'leafMap', 'setMap', 'applications']);

/** What differs between two states of an object, field by field; either may be absent. Secrets are masked. */
export function fieldChanges(
  descriptor: Descriptor,
  before: ConfigurationObject | undefined,
  after: ConfigurationObject | undefined,
): FieldChange[] {
  const secrets = new Set([before, after].flatMap((value) => (value ? descriptor.secrets(value) : [])));
  return Object.entries(descriptor.fields).flatMap(([field, type]) =>
    differences(pointerTo(field), before?.[field], after?.[field], byKey.has(type), secrets),
  );
}

/** The changes without what is a secret by now, although it was none when they were made. */
export function withoutSecrets(changes: readonly FieldChange[], secrets: readonly Pointer[]): FieldChange[] {
  const isSecret = ({ path, from, to }: FieldChange) =>
    secrets.some(
      (secret) =>
        secret === path ||
        path.startsWith(`${secret}/`) ||
        (secret.startsWith(`${path}/`) &&
          [from, to].some((side) => valueAt(side, secret.slice(path.length)) !== undefined)),
    );
  return changes.map((change) => (isSecret(change) ? { path: change.path, masked: true } : change));
}

function differences(
  path: Pointer,
  from: Maybe,
  to: Maybe,
  recurse: boolean,
  secrets: ReadonlySet<Pointer>,
): FieldChange[] {
  if (sameJson(from, to)) return [];
  if (secrets.has(path)) return [{ path, masked: true }];
  const holdsSecret = [...secrets].some((secret) => secret.startsWith(`${path}/`));
  if (holdsSecret || (recurse && isJsonObject(from) && isJsonObject(to))) {
    return keysOf(from, to).flatMap((key) =>
      differences(path + pointerTo(key), ownOf(from, key), ownOf(to, key), recurse, secrets),
    );
  }
  return [{ path, ...(from !== undefined && { from }), ...(to !== undefined && { to }), masked: false }];
}

const ownOf = (value: Maybe, key: string): Maybe => (isJsonObject(value) ? own(value, key) : undefined);

function keysOf(a: Maybe, b: Maybe): string[] {
  const keys = (value: Maybe): string[] => (isJsonObject(value) ? Object.keys(value) : []);
  return [...new Set([...keys(a), ...keys(b)])];
}
