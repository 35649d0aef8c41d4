import {
  type ArgumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  Kind,
  parse,
  parseType,
  print,
  type SelectionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { type Call } from '../../access/expectation';

/** A place in the variables of a call where another value can be put. */
export interface Place {
  path: readonly string[];
  type: GraphQLInputType;
}

/** A call that gives every argument by variable and asks for everything that can be told of the answer. */
export interface WideCall {
  query: string;
  variables: Record<string, unknown>;
  places: readonly Place[];
}

const levelsAskedFor = 3;

/**
 * The call with every argument that its operation has, and with everything in the answer.
 * @param operation such as `Mutation.setConfigKey`, `Unit.plugins`
 */
export function wideCall(
  schema: GraphQLSchema,
  operation: string,
  { query, variables = {} }: Call,
): WideCall {
  const [typeName = '', fieldName = ''] = operation.split('.');
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} has no fields`);
  const field = type.getFields()[fieldName]!;
  const added: GraphQLArgument[] = [];
  const places: Place[] = [];
  const base: Record<string, unknown> = { ...variables };

  const widened = visit(parse(query), {
    Field: {
      leave(node: FieldNode): FieldNode | undefined {
        if (node.name.value !== fieldName) return undefined;
        const given = node.arguments ?? [];
        const byVariable = given.filter(({ value }) => value.kind === Kind.VARIABLE);
        const missing = field.args.filter(({ name }) => byVariable.every((one) => one.name.value !== name));
        added.push(...missing);
        for (const { name, value } of given) {
          const argument = field.args.find((one) => one.name === name.value)!;
          if (value.kind === Kind.VARIABLE) places.push(...placesIn([value.name.value], argument.type));
          else base[`added_${name.value}`] = valueFromASTUntyped(value);
        }
        for (const argument of missing) places.push(...placesIn([`added_${argument.name}`], argument.type));
        return {
          ...node,
          arguments: [...byVariable, ...missing.map(variableArgument)],
          selectionSet: selectionOf(getNamedType(field.type), levelsAskedFor),
        };
      },
    },
    OperationDefinition: {
      leave: (node) => ({
        ...node,
        variableDefinitions: [
          ...(node.variableDefinitions ?? []),
          ...added.map((argument) => ({
            kind: Kind.VARIABLE_DEFINITION as const,
            variable: variable(argument),
            type: parseType(String(argument.type)),
          })),
        ],
      }),
    },
  });
  return { query: print(widened), variables: base, places };
}

const named = (value: string) => ({ kind: Kind.NAME as const, value });
const variable = ({ name }: GraphQLArgument) => ({
  kind: Kind.VARIABLE as const,
  name: named(`added_${name}`),
});
const variableArgument = (argument: GraphQLArgument): ArgumentNode => ({
  kind: Kind.ARGUMENT,
  name: named(argument.name),
  value: variable(argument),
});

function placesIn(path: readonly string[], type: GraphQLInputType): Place[] {
  const inner = getNamedType(type);
  // A list's items are hostile as members of a list of one: `0` is where the first one stands.
  const base = String(type).includes('[') ? [...path, '0'] : path;
  const own: Place[] =
    base === path
      ? [{ path, type }]
      : [
          { path, type },
          { path: base, type: inner },
        ];
  if (!isInputObjectType(inner)) return own;
  return [
    ...own,
    ...Object.values(inner.getFields()).flatMap((field) => placesIn([...base, field.name], field.type)),
  ];
}

/** Every field that needs no argument, so many levels deep. */
function selectionOf(type: GraphQLNamedType, levels: number): FieldNode['selectionSet'] {
  if (isUnionType(type)) {
    return {
      kind: Kind.SELECTION_SET,
      selections: [
        { kind: Kind.FIELD, name: named('__typename') },
        ...type.getTypes().map((one): SelectionNode => ({
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: { kind: Kind.NAMED_TYPE, name: named(one.name) },
          selectionSet: selectionOf(one, levels)!,
        })),
      ],
    };
  }
  if (!isObjectType(type)) return undefined;
  const selections = Object.values(type.getFields()).flatMap((field): SelectionNode[] => {
    const inner = getNamedType(field.type);
    if (field.args.some(isRequiredArgument) || (!isLeafType(inner) && levels === 0)) return [];
    return [
      {
        kind: Kind.FIELD,
        // The same field of two members of a union may differ in type.
        alias: named(`${type.name}_${field.name}`),
        name: named(field.name),
        arguments: field.args.some(({ name }) => name === 'first') ? [aFew] : [],
        selectionSet: selectionOf(inner, levels - 1),
      },
    ];
  });
  return { kind: Kind.SELECTION_SET, selections };
}

const aFew: ArgumentNode = {
  kind: Kind.ARGUMENT,
  name: named('first'),
  value: { kind: Kind.INT, value: '5' },
};

/** The variables as JSON, with the text of a value put in at the place, as far as there is anything around it. */
export function withValueAt(
  variables: Record<string, unknown>,
  path: readonly string[],
  value: string,
): string {
  const placeholder = '@@ here @@';
  const copy = structuredClone(variables);
  let container: Record<string, unknown> = copy;
  path.slice(0, -1).forEach((step, index) => {
    const isList = path[index + 1] === '0';
    if (typeof container[step] !== 'object' || container[step] === null) container[step] = isList ? [] : {};
    container = container[step] as Record<string, unknown>;
  });
  container[path.at(-1)!] = placeholder;
  return JSON.stringify(copy).replace(JSON.stringify(placeholder), () => value);
}
