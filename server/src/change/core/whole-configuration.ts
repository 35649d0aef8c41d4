import { descriptors } from '../../configuration/descriptors';
import {
  byKind,
  type ByKind,
  emptySlice,
  extendSlice,
  type Loaded,
  type Slice,
  type SliceRequest,
} from './slice';
import { type ConfigurationObject, type Id, type Kind } from './task';

/** A whole configuration in memory, by kind and id. */
export type WholeConfiguration = ByKind<ReadonlyMap<Id, ConfigurationObject>>;

/** Answers a request as a store does. */
export function answerFrom(configuration: WholeConfiguration, request: SliceRequest): Loaded {
  const wanted = (kind: Kind, id: Id, value: ConfigurationObject): boolean => {
    const descriptor = descriptors[kind];
    const key = descriptor.keyOf(value);
    return (
      request.objects[kind].includes(id) ||
      (key !== undefined && request.keys[kind].includes(key)) ||
      descriptor
        .references(id, value)
        .some((reference) => request.referrersOf[reference.to].includes(reference.id))
    );
  };
  return {
    objects: byKind(
      (kind) => new Map([...configuration[kind]].filter(([id, value]) => wanted(kind, id, value))),
    ),
    existing: byKind((kind) => new Set(request.existing[kind].filter((id) => configuration[kind].has(id)))),
  };
}

/** A slice that holds everything there is. */
export function wholeSlice(configuration: WholeConfiguration): Slice {
  const nothing = byKind(() => []);
  const request = { objects: nothing, existing: nothing, keys: nothing, referrersOf: nothing };
  return extendSlice(emptySlice(), request, {
    objects: configuration,
    existing: byKind(() => new Set<Id>()),
  });
}
