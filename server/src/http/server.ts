import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import express, { type Request, type Response } from 'express';
import { type Actor } from '../access/actor';
import { clearedSessionCookie, sessionCookie } from '../access/session-cookie';
import { type App } from '../app';
import { exportPath, exportRoutes } from '../backup/export/export.http';
import { uploadPath, uploadRoutes } from '../backup/upload/upload.http';
import { type Context } from '../graphql/context';
import { graphqlEndpoint } from '../graphql/endpoint';
import { liveStreams, resolverClasses, resolverInstances } from '../graphql/resolvers';
import { buildApiSchema } from '../graphql/schema';
import { graphqlSocket } from '../graphql/socket';
import { arrivingWithin } from './arrival';
import { Unauthenticated } from '../refusal';
import { consoleRoutes } from './console.http';
import { healthRoutes } from './health.http';
import { serveMetrics } from './metrics-server';
import { Readiness } from './readiness';
import { requestLog } from '../telemetry/request-log.http';
import { answerRefusals } from './refusal-answer';
import { securityHeaders } from './security-headers';

const consoleDirectory = path.resolve(__dirname, '../../../admin-ui/dist');
/** How long a request to GraphQL may take to arrive in full, ms. */
const longestQuery = 60_000;

/** How long an upload may take to arrive in full, ms. */
const longestRequest = 2 * 60 * 60 * 1000;

/** Longer than load balancers keep an idle connection, so that none sends into one that is closed here, ms. */
const keepAlive = 65_000;

const closeIdleEvery = 100;

/** A turn of the event loop in which a request was hardly worked at, ms. */
const shortTurn = 1;
const mostTurns = 100;

/** A server that listens. */
export interface RunningServer {
  port: number;
  /** Where `/metrics` is served, if it is. */
  metricsPort?: number;
  /**
   * Says that it is not ready, goes on for as long as a load balancer needs to see that, then takes no new requests, tells
   * sockets to connect again, and lets requests and jobs end that run. What takes too long is cut off.
   */
  stop(): Promise<void>;
}

/** Serves API and console of an app on the port of its settings. */
export async function startServer(app: App): Promise<RunningServer> {
  const { settings, log } = app;
  const secure = (request: Request) => request.secure || settings.publicUrl?.startsWith('https:') === true;
  const schema = buildApiSchema(
    resolverClasses,
    resolverInstances(app),
    {
      unitOf: app.unitOf,
      mustNotBeLost: (actor, unitId) => app.safeModes.requests.mustNotBeLost(actor, unitId),
    },
    liveStreams(app),
  );
  const actorOf = ({ headers: { cookie, authorization } }: Request) =>
    app.authenticator.actorOf({ cookie, authorization });
  const graphql = await graphqlEndpoint(
    schema,
    {
      introspection: settings.introspection,
      log,
      metrics: app.metrics,
      isKnown: (request) => isKnown(actorOf(request)),
    },
    (request, response) => contextOf(app, request, response, secure(request)),
  );

  const readiness = new Readiness(app.database);
  const http = express();
  http.disable('x-powered-by').set('trust proxy', settings.trustProxy);
  // Nobody asks again for an answer of the API that has not changed: hashing each would be in vain.
  http.disable('etag');
  http.use(requestLog({ log, metrics: app.metrics, behindProxy: settings.trustProxy > 0 }));
  http.use(securityHeaders(settings.publicUrl?.startsWith('https:') === true));
  http.use((_, response, next) => {
    // Whoever sends the next request connects anew, to another server.
    if (readiness.isStopping) response.set('Connection', 'close');
    next();
  });
  http.use(healthRoutes(readiness));
  http.use('/graphql', arrivingWithin(longestQuery), ...graphql.handlers);
  http.use(
    uploadPath,
    uploadRoutes({ uploads: app.backups.uploads, largest: settings.limits.uploadBytes, actorOf }),
  );
  http.use(exportPath, exportRoutes({ exports: app.backups.exports, objects: app.objects, actorOf }));
  http.use(consoleRoutes(consoleDirectory));
  http.use(answerRefusals(app.reportFault));

  const server = createServer(http);
  // A large backup on a slow line takes longer than the usual five minutes.
  server.requestTimeout = longestRequest;
  server.keepAliveTimeout = keepAlive;
  // First: a port that cannot be had is our fault to tell, not one of the sockets.
  await listen(server, settings);
  const metricsServer = settings.metrics && (await serveMetrics(app.metrics, settings.metrics));
  const sockets = graphqlSocket(server, {
    schema,
    metrics: app.metrics,
    topics: app.topics,
    log,
    shared: settings.sharedSubscriptions,
    originAllowed: (origin, request) => sameOrigin(origin, request, settings.publicUrl),
    endOf: (actor) => app.authenticator.endOf(actor),
    actorOf: ({ headers }, { authorization }) =>
      app.authenticator.actorOf({
        cookie: headers.cookie,
        authorization: typeof authorization === 'string' ? authorization : headers.authorization,
      }),
  });

  return {
    port: (server.address() as AddressInfo).port,
    metricsPort: metricsServer?.port,
    async stop() {
      const { delay, patience } = settings.drain;
      readiness.stop();
      const drained = pause(delay).then(() =>
        Promise.all([closed(server, patience), sockets.stop(patience)]),
      );
      await Promise.all([drained, app.backups.drain(delay + patience)]);
      await graphql.stop();
      await metricsServer?.stop();
    },
  };
}

/** Whoever cannot be found out about now is told so when the request is served. */
async function isKnown(actor: Promise<Actor | undefined>): Promise<boolean> {
  try {
    return (await actor) !== undefined;
  } catch (error) {
    return !(error instanceof Unauthenticated);
  }
}

async function contextOf(app: App, request: Request, response: Response, secure: boolean): Promise<Context> {
  const { cookie, authorization } = request.headers;
  return {
    actor: await app.authenticator.actorOf({ cookie, authorization }),
    address: request.ip ?? '',
    safeModeHeader: request.get('X-Safe-Mode'),
    cookie: {
      set: (token, expires) => void response.append('Set-Cookie', sessionCookie(token, expires, secure)),
      clear: () => void response.append('Set-Cookie', clearedSessionCookie(secure)),
    },
    kept: new Map(),
  };
}

/** Scripts send no origin; a browser must be on a page of ours, or it could use its cookie for another site. */
function sameOrigin(
  origin: string | undefined,
  request: IncomingMessage,
  publicUrl: string | undefined,
): boolean {
  if (!origin) return true;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.headers.host || (publicUrl !== undefined && host === new URL(publicUrl).host);
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

/** Takes no new connections, and cuts off requests that take longer than this, ms. */
async function closed(server: Server, patience: number): Promise<void> {
  await letIn();
  const done = new Promise((resolve) => server.close(resolve));
  // A connection that has answered its last request would stay for the next one.
  const idle = setInterval(() => server.closeIdleConnections(), closeIdleEvery);
  const impatience = setTimeout(() => server.closeAllConnections(), patience);
  await done;
  clearInterval(idle);
  clearTimeout(impatience);
}

/**
 * Lets in whoever connected while this process was busy: closing cuts off those who still wait for it. After a turn of
 * the event loop that was short hardly anybody does; a busy server is closed after the last of these turns all the same.
 */
async function letIn(): Promise<void> {
  for (let turns = 0; turns < mostTurns; turns++) {
    const begun = performance.now();
    await nextTurn();
    if (performance.now() - begun < shortTurn) return;
  }
}
