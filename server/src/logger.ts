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
