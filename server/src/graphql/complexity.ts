import { type ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { type ComplexityEstimator, getComplexity, simpleEstimator } from 'graphql-query-complexity';
import { largestPage } from './paging';

/** Roughly the number of fields an answer may have; the console's heaviest page needs about a tenth. */
const mostFields = 100_000;

/** A list counts as often as it may have items; inner lists of an object are taken as ten long. */
const lists: ComplexityEstimator = ({ field, args, childComplexity }) => {
  const { first } = args as { first?: number | null };
  if (field.args.some(({ name }) => name === 'first')) {
    return 1 + childComplexity * Math.min(first ?? largestPage, largestPage);
  }
  return undefined;
};

/** Throws a `GraphQLError` with code TOO_COMPLEX when the operation asks for more than a server can give to one caller. */
export function limitComplexity(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown> | undefined,
  operationName?: string | null,
): void {
  const fields = getComplexity({
    schema,
    query,
    variables,
    operationName: operationName ?? undefined,
    estimators: [lists, simpleEstimator({ defaultComplexity: 1 })],
  });
  if (fields > mostFields) {
    throw new GraphQLError(
      `The query asks for up to ${fields} fields; at most ${mostFields} are allowed. Ask for smaller pages or fewer levels.`,
      { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } },
    );
  }
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
