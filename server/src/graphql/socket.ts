import { type IncomingMessage, type Server } from 'node:http';
import {
  type ExecutionArgs,
  type GraphQLSchema,
  OperationTypeNode,
  getOperationAST,
  GraphQLError,
} from 'graphql';
import { type SubscribeMessage, type Context as SocketContext } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type Logger } from 'pino';
import { WebSocketServer } from 'ws';
import { type Actor } from '../access/actor';
import { type Topics } from '../messages/topics';
import { LimitReached, Refusal, Unauthenticated } from '../refusal';
import { limitComplexity } from './complexity';
import { type Context } from './context';
import { formatErrors } from './format-error';
import { OpenSockets, restarting } from './open-sockets';
import { Documents } from './sharing/documents';
import { Outlet } from './sharing/outlet';
import { type SocketOperation, SharedSubscriptions } from './sharing/shared-subscriptions';
import { subscribeAfresh } from './sharing/subscribe-afresh';
import { closeWhenOver } from './socket-end';
import { SubscriptionLog } from './subscription-log';
import { type Metrics } from '../telemetry/metrics';

/** A client has so long to say who it is, ms. */
const initTimeout = 10_000;
/** A subscription's request is small, bytes. */
const largestMessage = 256 * 1024;
/** Subscriptions of one socket; a page of the console has a handful. */
const mostSubscriptions = 100;

interface SocketParts {
  schema: GraphQLSchema;
  topics: Topics;
  log: Logger;
  /** Whether listeners of the same share its execution. */
  shared: boolean;
  metrics: Metrics;
  /** Whether a browser on this page may connect; there is no page for scripts. */
  originAllowed(origin: string | undefined, request: IncomingMessage): boolean;
  actorOf(request: IncomingMessage, connectionParams: Record<string, unknown>): Promise<Actor | undefined>;
  /** When the session or token that they came with ends by itself. */
  endOf(actor: Actor): Promise<Date | null>;
}

/** What is kept with an open socket. */
type SocketExtra = { actor: Actor };

/** The sockets of a server. */
export interface GraphqlSockets {
  /** Closes all of them, and tells clients to connect again; who does not answer within the time is cut off. */
  stop(patience: number): Promise<void>;
}

/** Subscriptions over WebSocket (graphql-transport-ws). A socket closes when its session or token is revoked or ends. */
export function graphqlSocket(server: Server, parts: SocketParts): GraphqlSockets {
  const { schema, log, topics } = parts;
  const subscriptions = new SubscriptionLog(log, parts.metrics);
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: largestMessage,
    // Messages are small, and it takes memory for each connection.
    perMessageDeflate: false,
    verifyClient: ({ origin, req }: { origin?: string; req: IncomingMessage }) =>
      parts.originAllowed(origin, req),
  });
  const documents = new Documents(schema);
  const sharing = new SharedSubscriptions((errors) => formatErrors(log, errors));
  const openSockets = new OpenSockets();
  void openSockets.closeRevoked(topics);

  const cleanup = useServer<Record<string, unknown>, SocketExtra>(
    {
      schema,
      connectionInitWaitTimeout: initTimeout,
      async onConnect({ extra, connectionParams }) {
        const actorNow = () => parts.actorOf(extra.request, connectionParams ?? {}).catch(nobodyIfRefused);
        const actor = await actorNow();
        if (!actor) return false;
        extra.actor = actor;
        openSockets.add({ socket: extra.socket, actor, actorNow });
        parts.metrics.socketsOpen.inc();
        extra.socket.once('close', () => parts.metrics.socketsOpen.dec());
        closeWhenOver(extra.socket, await parts.endOf(actor), () =>
          endNow(parts, extra.request, connectionParams ?? {}),
        );
        return true;
      },
      onSubscribe: ({ subscriptions: open, extra }, id, payload) =>
        Object.keys(open).length > mostSubscriptions
          ? [tooManySubscriptions()]
          : operationOf({ schema, documents, log }, payload, () => new Outlet(extra.socket, id)),
      subscribe: (operation) =>
        parts.shared ? sharing.subscribe(operation as SocketOperation) : subscribeAfresh(operation),
      onOperation: ({ extra }, _, payload, { document }) =>
        subscriptions.began(payload, document, extra.actor?.userId),
      onComplete: (_, __, payload) => subscriptions.ended(payload),
      context: contextOf,
      onError: (_, __, payload, errors) => subscriptions.within(payload, () => formatErrors(log, errors)),
      onNext: (_, __, payload, ____, { errors, ...result }) =>
        errors
          ? { ...result, errors: subscriptions.within(payload, () => formatErrors(log, errors)) }
          : result,
    },
    sockets,
    15_000,
  );
  return {
    async stop(patience) {
      for (const socket of sockets.clients) socket.close(restarting, 'The server stops');
      const impatience = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), patience);
      await cleanup.dispose();
      clearTimeout(impatience);
    },
  };
}

/** When what a socket was opened with ends; nothing where it is over. */
async function endNow(
  parts: SocketParts,
  request: IncomingMessage,
  connectionParams: Record<string, unknown>,
): Promise<Date | null | undefined> {
  try {
    const actor = await parts.actorOf(request, connectionParams);
    return actor && (await parts.endOf(actor));
  } catch (error) {
    if (error instanceof Unauthenticated) return undefined;
    throw error;
  }
}

function contextOf({ extra }: SocketContext<Record<string, unknown>, Extra & Partial<SocketExtra>>): Context {
  return {
    actor: extra.actor,
    address: extra.request.socket.remoteAddress ?? '',
    safeModeHeader: undefined,
    cookie: undefined,
    kept: new Map(),
  };
}

function nobodyIfRefused(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

function tooManySubscriptions(): GraphQLError {
  const refusal = new LimitReached(
    `A socket has at most ${mostSubscriptions} subscriptions.`,
    'subscriptions',
  );
  return new GraphQLError(refusal.message, { originalError: refusal });
}

interface OperationParts {
  schema: GraphQLSchema;
  documents: Documents;
  log: Logger;
}

/** The subscription that is asked for, or why there is none. Queries and mutations go over HTTP, where limits and CSRF prevention are. */
function operationOf(
  { schema, documents, log }: OperationParts,
  { query, operationName, variables }: SubscribeMessage['payload'],
  outlet: () => Outlet,
): ExecutionArgs | readonly GraphQLError[] {
  try {
    const { document, errors } = documents.of(query);
    if (errors.length > 0) return formatErrors(log, errors);
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return [
        new GraphQLError('Only subscriptions are served over WebSocket.', {
          extensions: { code: 'BAD_REQUEST' },
        }),
      ];
    }
    limitComplexity(schema, document, variables ?? undefined, operationName);
    const operation: Omit<SocketOperation, 'contextValue'> = {
      schema,
      document,
      operationName,
      variableValues: variables,
      outlet: outlet(),
    };
    return operation;
  } catch (error) {
    return formatErrors(log, [error as GraphQLError]);
  }
}
