import { randomUUID } from 'node:crypto';
import pino, { type Logger } from 'pino';

/** Structured lines on standard output. What could hold a secret never gets there, whatever is logged. */
export const createLogger = (level: string): Logger =>
  pino({
    level,
    redact: {
      paths: [
        '*.password',
        '*.authorization',
        '*.cookie',
        'err.parameters',
        'err.query',
        'err.driverError.sql',
        'err.sql',
      ],
      censor: '[redacted]',
    },
  });

/** Logs a fault of ours outside of a request and answers the id to look it up by. */
export const faultReporter =
  (log: Logger) =>
  (error: unknown): string => {
    const id = randomUUID();
    log.error({ id, err: error }, 'Unknown fault');
    return id;
  };
