import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { type GraphQLSchema } from 'graphql';
import { type Logger } from 'pino';
import { complexityLimit } from './complexity';
import { type Context } from './context';
import { mostTokens } from './document-limits';
import { errorFormatter, refusedRequest } from './format-error';

/** Largest request: one plugin or workspace at the limits of change-core, as JSON with escapes. */
const largestBody = '20mb';

export interface Endpoint {
  handlers: (RequestHandler | ErrorRequestHandler)[];
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
    parseOptions: { maxTokens: mostTokens },
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
      answerUnreadableBody,
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

/** A body that cannot be read as JSON is answered as GraphQL errors are; everything else goes on to the general answer. */
const answerUnreadableBody: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const { status, message, type } = error as { status?: number; message?: string; type?: string };
  if (response.headersSent || status === undefined || status >= 500) return void next(error);
  // What is still being sent is thrown away, so that the sender gets to read the answer.
  request.resume();
  const isTooLarge = type === 'entity.too.large';
  const refusal = isTooLarge
    ? {
        message: `The request is larger than ${largestBody}.`,
        extensions: { code: 'LIMIT_REACHED', limit: largestBody },
      }
    : { message: `The body cannot be read: ${message}`, extensions: { code: 'BAD_REQUEST' } };
  response.status(status).json({ errors: [refusal] });
};
