import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { type GraphQLSchema } from 'graphql';
import { type Logger } from 'pino';
import { complexityLimit } from './complexity';
import { type Context } from './context';
import { errorFormatter, refusedRequest } from './format-error';

/** Largest request: one plugin or workspace at the limits of change-core, as JSON with escapes. */
const largestBody = '20mb';

export interface Endpoint {
  handlers: RequestHandler[];
  stop(): Promise<void>;
}

/** GraphQL over HTTP. Cross-site requests are refused by the preflight header that Apollo Server asks for. */
export async function graphqlEndpoint(
  schema: GraphQLSchema,
  options: { introspection: boolean; log: Logger },
  contextOf: (request: Request, response: Response) => Promise<Context>,
): Promise<Endpoint> {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: options.introspection,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    formatError: errorFormatter(options.log),
    plugins: [
      complexityLimit,
      // Instruments every field, and nothing here is cached for many.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return {
    handlers: [
      express.json({ limit: largestBody }),
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
