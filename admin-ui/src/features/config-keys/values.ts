import type { ApolloClient } from '@apollo/client';
import {
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type VariableDefinitionNode,
} from 'graphql';
import { isObject } from '../../ui/json-text';

/**
 * The values of some config keys in one request, by key. Reading a secret one is recorded, so a list never asks
 * for all values: it asks for these. Nothing is cached. Rejects when the server refuses or does not answer.
 */
export async function readValues(
  client: ApolloClient,
  unitId: string,
  keys: readonly string[],
): Promise<Map<string, unknown>> {
  if (keys.length === 0) return new Map();
  const { data } = await client.query<Record<string, unknown>>({
    query: valuesDocument(keys.length),
    variables: Object.fromEntries<string>([
      ['unitId', unitId],
      ...keys.map((key, index): [string, string] => [`key${index}`, key]),
    ]),
    fetchPolicy: 'no-cache',
  });
  const unit = isObject(data?.['unit']) ? data['unit'] : {};
  return new Map(
    keys.flatMap((key, index) => {
      const found = unit[`key${index}`];
      return isObject(found) ? [[key, found['value']] as const] : [];
    }),
  );
}

/** `query ($unitId: ID!, $key0: String!, …) { unit(id: $unitId) { key0: configKey(key: $key0) { value } … } }` */
function valuesDocument(count: number): DocumentNode {
  const names = Array.from({ length: count }, (_each, index) => `key${index}`);
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        name: name('ConfigKeyValues'),
        variableDefinitions: [variable('unitId', 'ID'), ...names.map((each) => variable(each, 'String'))],
        selectionSet: {
          kind: Kind.SELECTION_SET,
          selections: [field('unit', undefined, { id: 'unitId' }, names.map(valueField))],
        },
      },
    ],
  };
}

function valueField(alias: string): FieldNode {
  return field('configKey', alias, { key: alias }, [field('value', undefined, {}, [])]);
}

function field(
  of: string,
  alias: string | undefined,
  variables: Record<string, string>,
  selections: readonly FieldNode[],
): FieldNode {
  return {
    kind: Kind.FIELD,
    name: name(of),
    alias: alias === undefined ? undefined : name(alias),
    arguments: Object.entries(variables).map(([argument, given]) => ({
      kind: Kind.ARGUMENT,
      name: name(argument),
      value: { kind: Kind.VARIABLE, name: name(given) },
    })),
    selectionSet: selections.length ? { kind: Kind.SELECTION_SET, selections } : undefined,
  };
}

function variable(of: string, type: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: name(of) },
    type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: name(type) } },
  };
}

function name(value: string): { kind: Kind.NAME; value: string } {
  return { kind: Kind.NAME, value };
}
