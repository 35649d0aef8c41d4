import { randomUUID } from 'node:crypto';
import { type Request, type RequestHandler, type Response } from 'express';
import { type Logger } from 'pino';
import { type Metrics } from './metrics';
import { type RequestNotes, withRequest } from './request-scope';
import { shownPath } from './shown-path';
import { endRequestSpan, traceRequest } from './trace';

/** Routes that are asked for so often, and say so little, that only the log level debug has their lines. */
const quiet = new Set(['/healthz', '/readyz', '/assets/*']);

const header = 'X-Request-Id';

export interface RequestLogParts {
  log: Logger;
  metrics: Metrics;
  /** Whether a proxy of ours is in front, whose ids are taken over. */
  behindProxy: boolean;
}

/**
 * Gives each request an id, which the answer names, and what is logged on the way; and writes one line of it when it is
 * over: no address, no body, no header, nothing that a caller could hide a secret in.
 */
export function requestLog({ log, metrics, behindProxy }: RequestLogParts): RequestHandler {
  return (request, response, next) => {
    const notes: RequestNotes = { id: (behindProxy && idOf(request)) || randomUUID() };
    response.set(header, notes.id);
    const startedAt = performance.now();
    const route = shownPath(request.path);
    traceRequest(request.headers, (span) => {
      response.once('close', () => {
        const seconds = (performance.now() - startedAt) / 1000;
        const { method } = request;
        const { statusCode: status } = response;
        metrics.httpRequests.observe({ route, method, status }, seconds);
        endRequestSpan(span, notes, { route, method, status });
        withRequest(notes, () => {
          const line = {
            method,
            path: route,
            status,
            ...told(notes, response),
            ms: Math.round(seconds * 1000),
          };
          log[quiet.has(route) ? 'debug' : 'info'](line, 'Request');
        });
      });
      withRequest(notes, next);
    });
  };
}

/** What the proxy calls the request, where that is an id and nothing else. */
function idOf(request: Request): string | undefined {
  const id = request.get(header);
  return id && /^[\w.:-]{1,100}$/.test(id) ? id : undefined;
}

function told({ operation, userId, unitId, errors }: RequestNotes, response: Response) {
  return {
    ...(operation && { operation: operation.type, name: operation.name, field: operation.field }),
    ...(errors && { errors }),
    ...(userId && { userId }),
    ...(unitId && { unitId }),
    // The client went away, or the connection broke.
    ...(!response.writableFinished && { unfinished: true }),
  };
}
