import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';

/** Largest request of somebody known: one plugin or workspace at the limits of change-core, as JSON with escapes. */
const largestBody = '20mb';
/** Of everybody else: they sign in, or set up, and ask for nothing large. */
const largestBodyOfStrangers = '256kb';

/** Reads the body as JSON. Only for somebody who is known it may be large, so that strangers cannot fill the memory. */
export function jsonBody(isKnown: (request: Request) => Promise<boolean>): RequestHandler {
  const ofAnybody = express.json({ limit: largestBodyOfStrangers });
  const ofKnown = express.json({ limit: largestBody });
  return async (request, response, next) => {
    const parse = isSmall(request) || !(await isKnown(request)) ? ofAnybody : ofKnown;
    parse(request, response, next);
  };
}

/** What is packed may be large behind a small length, and what has no length may be anything. */
function isSmall({ headers }: Request): boolean {
  const length = Number(headers['content-length'] ?? (headers['transfer-encoding'] ? Infinity : 0));
  return !headers['content-encoding'] && length <= 256 * 1024;
}

/** A body that cannot be read as JSON is answered as GraphQL errors are; everything else goes on to the general answer. */
export const answerUnreadableBody: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const { status, message, type, limit } = error as Partial<Record<'status' | 'limit', number>> & {
    message?: string;
    type?: string;
  };
  if (response.headersSent || status === undefined || status >= 500) return void next(error);
  // What is still being sent is thrown away, so that the sender gets to read the answer.
  request.resume();
  const refusal =
    type === 'entity.too.large'
      ? {
          message: `The request is larger than ${limit} bytes.`,
          extensions: { code: 'LIMIT_REACHED', limit: String(limit) },
        }
      : { message: `The body cannot be read: ${message}`, extensions: { code: 'BAD_REQUEST' } };
  response.status(status).json({ errors: [refusal] });
};
