import { type ErrorRequestHandler } from 'express';
import { Refusal } from '../refusal';
import { databaseRefusal } from '../storage/database-refusal';

const statusOfCode: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BACKUP_DISABLED: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UPLOAD_EXPIRED: 410,
  TOO_LARGE: 413,
  LIMIT_REACHED: 429,
  RATE_LIMITED: 429,
  BUSY: 503,
  SERVICE_UNAVAILABLE: 503,
};

/**
 * Answers errors of the routes beside GraphQL as `{"error": {"code", "message"}}`, with the codes of the API.
 *
 * @param reportFault logs a fault of ours and answers the id to look it up by
 */
export const answerRefusals =
  (reportFault: (error: unknown) => string): ErrorRequestHandler =>
  (thrown: unknown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    // What is still being sent is thrown away, so that the sender gets to read the answer.
    request.resume();
    const error = databaseRefusal(thrown) ?? thrown;
    if (error instanceof Refusal) {
      const { code, message, extensions } = error;
      response.status(statusOfCode[code] ?? 400).json({ error: { code, message, ...extensions } });
      return;
    }
    const { status } = error as { status?: unknown };
    if (typeof status === 'number' && status >= 400 && status < 500) {
      const message = 'The request cannot be read.';
      response.status(status).json({ error: { code: 'BAD_REQUEST', message } });
      return;
    }
    const id = reportFault(error);
    response
      .status(500)
      .json({ error: { code: 'INTERNAL_SERVER_ERROR', message: `Internal error ${id}`, id } });
  };
