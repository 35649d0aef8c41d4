import { type ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  isListType,
} from 'graphql';
import {
  type ComplexityEstimator,
  fieldExtensionsEstimator,
  getComplexity,
  simpleEstimator,
} from 'graphql-query-complexity';
import { LRUCache } from 'lru-cache';
import { largestPage } from './paging';

/** Roughly the number of fields an answer may have; the console's heaviest page needs about a tenth. */
const mostFields = 100_000;

/** What a field counts for which the server asks another one: all of a query's go out at once, so that few fit into it. */
export const requestElsewhere = 20_000;

/** Fields that a query may name, fragments counted as often as they are used. */
const mostNamedFields = 10_000;
const innerListLength = 10;

/**
 * As long as a page can be, where the size is none that a list takes. The list refuses it only once the query runs, and what stands
 * beside it runs as well: a size below zero must not make room for that.
 */
const pageLength = (first: number | null | undefined): number =>
  first && first >= 1 && first <= largestPage ? first : largestPage;

/** A list counts as often as it may have items; inner lists of an object are taken as ten long. */
const lists: ComplexityEstimator = ({ field, args, childComplexity, type }) => {
  const { first } = args as { first?: number | null };
  if (field.args.some(({ name }) => name === 'first')) {
    return 1 + childComplexity * pageLength(first);
  }
  // The items of a connection are counted by the list that it is a page of.
  if (isListType(getNullableType(field.type)) && !type.name.endsWith('Connection')) {
    return 1 + childComplexity * innerListLength;
  }
  return undefined;
};

/**
 * Throws a `GraphQLError` with code TOO_COMPLEX when the operation asks for more than a server can give to one caller,
 * with code BAD_USER_INPUT when its variables do not fit.
 */
export function limitComplexity(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown> | undefined,
  operationName?: string | null,
): void {
  refuseWrongVariables(schema, query, variables, operationName);
  const fields = countedFields(schema, query, variables, operationName);
  if (fields > mostFields) {
    throw tooComplex(
      `The query asks for up to ${fields} fields; at most ${mostFields} are allowed. Ask for smaller pages, fewer levels, or fewer manifests.`,
    );
  }
}

type Variables = Record<string, unknown> | undefined;

/** What operations came to before, by document: the console and scripts send the same ones again and again. */
const counted = new WeakMap<DocumentNode, LRUCache<string, number>>();
/** Page sizes and switches that a document is asked with. */
const keptCounts = 20;

function countedFields(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Variables,
  operationName: string | null | undefined,
): number {
  const counts = counted.get(query) ?? new LRUCache({ max: keptCounts });
  counted.set(query, counts);
  const key = whatCounts(variables, operationName);
  const fields = counts.get(key) ?? fieldsOf(schema, query, variables, operationName);
  counts.set(key, fields);
  return fields;
}

/** Only page sizes and the conditions of `@include` and `@skip` make a difference: numbers, booleans, and none. */
const whatCounts = (variables: Variables, operationName: string | null | undefined) =>
  JSON.stringify([
    operationName,
    Object.entries(variables ?? {}).filter(
      ([, value]) => value === null || ['number', 'boolean'].includes(typeof value),
    ),
  ]);

function fieldsOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Variables,
  operationName: string | null | undefined,
): number {
  try {
    return getComplexity({
      schema,
      query,
      variables,
      operationName: operationName ?? undefined,
      estimators: [fieldExtensionsEstimator(), lists, simpleEstimator({ defaultComplexity: 1 })],
      maxQueryNodes: mostNamedFields,
    });
  } catch (error) {
    if (error instanceof GraphQLError) throw tooComplex(error.message);
    throw error;
  }
}

const refusedWith = (message: string, code: string) =>
  new GraphQLError(message, { extensions: { code, http: { status: 400 } } });

const tooComplex = (message: string) => refusedWith(message, 'TOO_COMPLEX');

/** Counting coerces variables too, but what it throws does not say that the caller is at fault. */
function refuseWrongVariables(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown> | undefined,
  operationName: string | null | undefined,
): void {
  const definitions = getOperationAST(query, operationName)?.variableDefinitions ?? [];
  const { errors } = getVariableValues(schema, definitions, variables ?? {}, { maxErrors: 1 });
  if (errors?.[0]) throw refusedWith(errors[0].message, 'BAD_USER_INPUT');
}

/** The same limit for operations over HTTP. */
export const complexityLimit: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation({ schema, document, request }) {
        limitComplexity(schema, document, request.variables, request.operationName);
        return Promise.resolve();
      },
    }),
};
