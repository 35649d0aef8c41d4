import { randomUUID } from 'node:crypto';
import { isNativeError } from 'node:util/types';
import pino, { type DestinationStream, type Logger } from 'pino';
import { currentRequest } from './telemetry/request-scope';

/**
 * Structured lines, on standard output unless told otherwise. What is written while a request is served carries its id.
 * Of errors only what is named here gets there: drivers hang statements, parameters and headers on theirs.
 */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      serializers: { err: shownError },
      mixin: () => {
        const request = currentRequest();
        return request ? { requestId: request.id } : {};
      },
    },
    destination,
  );

/** Logs a fault of ours and answers the id to look it up by. */
export const faultReporter =
  (log: Logger) =>
  (error: unknown): string => {
    const id = randomUUID();
    log.error({ id, err: error }, 'Unknown fault');
    return id;
  };

interface ShownError {
  type: string;
  message: string;
  stack?: string;
  code?: string | number;
  errno?: number;
  status?: number;
  cause?: ShownError;
}

interface AnyError extends Error {
  code?: unknown;
  errno?: unknown;
  $metadata?: { httpStatusCode?: number };
  driverError?: unknown;
}

/** Deeper causes say nothing new. */
const mostCauses = 4;

function shownError(error: unknown, causes = 0): ShownError {
  // Also one of another realm, as the native parts of drivers make them.
  if (!isNativeError(error) && !(error instanceof Error))
    return { type: typeof error, message: String(error) };
  const { name, message, stack, code, errno, $metadata, cause, driverError } = error as AnyError;
  const deeper = cause ?? driverError;
  return {
    type: error.constructor.name || name,
    message,
    stack,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof errno === 'number' && { errno }),
    ...($metadata?.httpStatusCode && { status: $metadata.httpStatusCode }),
    ...(deeper !== undefined && causes < mostCauses && { cause: shownError(deeper, causes + 1) }),
  };
}
