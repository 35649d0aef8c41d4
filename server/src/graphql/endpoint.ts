import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { type GraphQLSchema } from 'graphql';
import { type Logger } from 'pino';
import { answerUnreadableBody, jsonBody } from './body';
import { complexityLimit } from './complexity';
import { type Context } from './context';
import { mostTokens } from './document-limits';
import { errorFormatter, refusedRequest } from './format-error';
import { OneInATurn } from './one-in-a-turn';
import { operationNotes } from './operation-notes';
import { type Metrics } from '../telemetry/metrics';

export interface Endpoint {
  handlers: (RequestHandler | ErrorRequestHandler)[];
  stop(): Promise<void>;
}

/** GraphQL over HTTP. Cross-site requests are refused by the preflight header that Apollo Server asks for. */
export async function graphqlEndpoint(
  schema: GraphQLSchema,
  options: {
    introspection: boolean;
    log: Logger;
    metrics: Metrics;
    isKnown: (request: Request) => Promise<boolean>;
  },
  contextOf: (request: Request, response: Response) => Promise<Context>,
): Promise<Endpoint> {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: options.introspection,
    csrfPrevention: true,
    hideSchemaDetailsFromClientErrors: !options.introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    // A cache that strangers could fill.
    persistedQueries: false,
    parseOptions: { maxTokens: mostTokens },
    formatError: errorFormatter(options.log),
    plugins: [
      operationNotes(options.metrics),
      complexityLimit,
      // Instruments every field, and nothing here is cached for many.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  const turns = new OneInATurn();
  return {
    handlers: [
      jsonBody(options.isKnown),
      answerUnreadableBody,
      ((_request, _response, next) => void turns.turn().then(next)) satisfies RequestHandler,
      expressMiddleware(apollo, {
        context: ({ req, res }) =>
          contextOf(req, res).catch((error: unknown) => {
            throw refusedRequest(error);
          }),
      }),
    ],
    stop: () => apollo.stop(),
  };
}
