import { v7 as uuid } from 'uuid';
import { type Editor } from '../change/editor';
import { type Json } from '../change/core/json';
import {
  type ConfigurationObject,
  type CreateOperation,
  type DeleteOperation,
  type Id,
  type Kind,
  type UpdateOperation,
} from '../change/core/task';
import { BadUserInput } from '../refusal';

/** Who asks for what; every operation of one mutation shares it. */
interface Asking {
  editor: Editor;
  operationId?: string | null;
}

const asked = ({ editor, operationId }: Asking, kind: Kind, target: Id) => ({
  operationId: operationId ?? uuid(),
  taskId: uuid(),
  kind,
  target,
  at: new Date().toISOString(),
  by: editor.userId,
});

export const createOperation = (
  asking: Asking,
  kind: Kind,
  target: Id,
  value: ConfigurationObject,
): CreateOperation => ({ ...asked(asking, kind, target), op: 'CREATE', value });

/** @param parts how many parts with ids of their own (applications) the fields hold: a new id is minted for each */
export const updateOperation = (
  asking: Asking,
  kind: Kind,
  target: Id,
  fields: ConfigurationObject,
  parts = 0,
): UpdateOperation => ({
  ...asked(asking, kind, target),
  op: 'UPDATE',
  fields,
  freshIds: Array.from({ length: parts }, () => uuid()),
});

export const deleteOperation = (
  asking: Asking,
  kind: Kind,
  target: Id,
  detach: boolean,
): DeleteOperation => ({
  ...asked(asking, kind, target),
  op: 'DELETE',
  detach,
});

/**
 * The fields that an input names: what is left out stays, null unsets an optional field.
 * Throws `BadUserInput` for null on a required one.
 */
export function namedFields(
  given: Readonly<Record<string, Json | undefined>>,
  optional: readonly string[] = [],
): ConfigurationObject {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const faults = named
    .filter(([field, value]) => value === null && !optional.includes(field))
    .map(([field]) => ({ path: `input.${field}`, message: 'must not be null' }));
  if (faults.length > 0) throw new BadUserInput(faults);
  return Object.fromEntries(named.map(([field, value]) => [field, value === null ? undefined : value]));
}

/** The fields of a new object: null and left out are the same, absent. */
export const givenFields = (given: Readonly<Record<string, Json | undefined>>): ConfigurationObject =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));
