import {
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
} from 'graphql';
import { BadUserInput, type FieldFault } from '../refusal';

/** Items of any list in an input: each is looked up, and the unit is locked meanwhile. No unit shows so many at once. */
export const mostItems = 10_000;

type Bound = (values: Record<string, unknown>) => void;

/**
 * What checks the arguments of a field, and the inputs in them, for lists that are too long; nothing where they hold no
 * list. It throws `BadUserInput` with every such list.
 */
export function listBound(args: readonly GraphQLArgument[]): Bound | undefined {
  const withLists = args.filter(({ type }) => holdsList(type));
  if (withLists.length === 0) return undefined;
  return (values) => {
    const faults = withLists.flatMap(({ name, type }) => overlong(type, values[name], name));
    if (faults.length > 0) throw new BadUserInput(faults);
  };
}

function holdsList(type: GraphQLInputType, within: readonly GraphQLInputType[] = []): boolean {
  const inner = getNullableType(type);
  if (isListType(inner)) return true;
  if (!isInputObjectType(inner) || within.includes(inner)) return false;
  return Object.values(inner.getFields()).some((field) => holdsList(field.type, [...within, inner]));
}

function overlong(type: GraphQLInputType, value: unknown, path: string): FieldFault[] {
  const inner = getNullableType(type);
  if (value === null || value === undefined) return [];
  if (isListType(inner) && Array.isArray(value)) {
    if (value.length > mostItems) return [{ path, message: `has more than ${mostItems} items` }];
    return holdsList(inner.ofType)
      ? value.flatMap((item, index) => overlong(inner.ofType, item, `${path}.${index}`))
      : [];
  }
  if (!isInputObjectType(inner)) return [];
  const fields = value as Record<string, unknown>;
  return Object.values(inner.getFields()).flatMap((field) =>
    overlong(field.type, fields[field.name], `${path}.${field.name}`),
  );
}
