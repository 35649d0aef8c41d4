import { descriptors } from '../../../configuration/descriptors';
import { canonical } from '../canonical';
import { asJson } from '../descriptor';
import { isJsonObject, type Json, type JsonObject, own, sameJson } from '../json';
import { type MovedField } from '../fields/merge';
import { applyPatch, objectDifference } from '../fields/patch';
import { type ConfigurationObject, type CreateOperation, type UpdateOperation } from '../task';

/** The whole object that a create asks for: as it is stored, with what may be left out filled in. */
export function askedCreate({ kind, value }: CreateOperation): ConfigurationObject {
  return completed(kind, descriptors[kind].stored(value), undefined);
}

/**
 * The whole object that an update asks for, seen from `shown`. With `basedOn`, only what was changed against that is
 * asked; where `shown` has moved from it at a touched field, that is in `moved`.
 */
export function askedUpdate(
  operation: UpdateOperation,
  shown: ConfigurationObject,
): { asked: ConfigurationObject; moved: MovedField[] } {
  const { kind, fields } = operation;
  const based = operation.basedOn ? canonical(kind, operation.basedOn) : shown;
  const named = descriptors[kind].stored({ ...based, ...withFreshIds(operation, based) });
  const stored = Object.fromEntries(
    Object.entries(named).filter(([field]) => Object.hasOwn(fields, field) || Object.hasOwn(based, field)),
  );
  const wanted = completed(kind, stored, based);
  if (!operation.basedOn) return { asked: wanted, moved: [] };

  const patch = objectDifference(kind, based, wanted);
  if (!patch) return { asked: shown, moved: [] };
  const { value, moved } = applyPatch(shown, patch, based);
  return { asked: canonical(kind, descriptors[kind].settle(value, shown)), moved };
}

/** Left out values filled in, what lost its room moved, in canonical form. */
function completed(
  kind: CreateOperation['kind'],
  value: ConfigurationObject,
  before: ConfigurationObject | undefined,
): ConfigurationObject {
  const descriptor = descriptors[kind];
  const filled = Object.entries(value).map(([field, inner]) => [
    field,
    descriptor.fields[field] === 'applications' && isJsonObject(inner)
      ? filledApplications(inner, before?.[field])
      : inner,
  ]);
  return canonical(kind, descriptor.settle(Object.fromEntries(filled) as ConfigurationObject, before));
}

/** An application that the workspace does not have is a new one, whatever id the caller gave it. */
function withFreshIds(
  { kind, fields, freshIds }: UpdateOperation,
  shown: ConfigurationObject,
): ConfigurationObject {
  if (!freshIds) return fields;
  const unused = [...freshIds];
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      if (descriptors[kind].fields[field] !== 'applications' || !isJsonObject(value)) return [field, value];
      const known = own(shown, field);
      const isKnown = (id: string) => isJsonObject(known) && Object.hasOwn(known, id);
      const renamed = Object.entries(value).map(([id, item]) => [
        isKnown(id) ? id : (unused.shift() ?? id),
        item,
      ]);
      return [field, Object.fromEntries(renamed) as JsonObject];
    }),
  );
}

/** Position: as it was while in the same area, else the last of the area. Configuration: as it was, else empty. */
function filledApplications(applications: JsonObject, before: Json | undefined): JsonObject {
  const last = new Map<string, number>();
  const note = (area: Json | undefined, position: Json | undefined) => {
    const key = JSON.stringify(area ?? null);
    if (typeof position === 'number') last.set(key, Math.max(last.get(key) ?? -1, position));
    return last.get(key) ?? -1;
  };
  const kept = Object.entries(applications).map(([id, application]): [string, Json] => {
    if (!isJsonObject(application)) return [id, application];
    const was = isJsonObject(before) ? own(before, id) : undefined;
    const known = isJsonObject(was) ? was : {};
    const stays = sameJson(known.area, application.area) && known.position !== undefined;
    const configuration = known.configuration === undefined ? {} : known.configuration;
    return [id, { configuration, ...(stays && { position: known.position }), ...asJson(application) }];
  });
  for (const [, application] of kept)
    if (isJsonObject(application)) note(application.area, application.position);
  return Object.fromEntries(
    kept.map(([id, application]): [string, Json] => {
      if (!isJsonObject(application) || application.position !== undefined) return [id, application];
      const position = note(application.area, undefined) + 1;
      note(application.area, position);
      return [id, { ...application, position }];
    }),
  );
}
