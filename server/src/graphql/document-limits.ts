import { type DocumentNode, GraphQLError, parse } from 'graphql';

/** Words and signs of one document: large values belong into variables. */
export const mostTokens = 20_000;

/** What the parser says when a document is nested so deeply that reading it takes more stack than there is. */
const stackIsFull = 'Maximum call stack size exceeded';

/** Text for a parser's error, for people. */
export const parseFailure = (message: string): string =>
  message.endsWith(stackIsFull) ? 'The document is nested too deeply.' : message;

/** Parses within the limits. Throws a `GraphQLError` with code GRAPHQL_PARSE_FAILED, also for one nested too deeply. */
export function parseWithinLimits(source: string): DocumentNode {
  try {
    return parse(source, { maxTokens: mostTokens });
  } catch (error) {
    const { message } = error as Error;
    throw new GraphQLError(parseFailure(message), { extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  }
}
