/** One thing that is wrong with an input: where (`input.name`, a setting, a JSON Pointer) and what to do. */
export interface FieldFault {
  path: string;
  message: string;
}

/**
 * A request that is refused for a reason that the caller can act on. The code is part of the public contract
 * (extensions.code), the message says what to do; nothing was changed.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Further facts for the client, as GraphQL error extensions. */
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class Unauthenticated extends Refusal {
  constructor(message = 'Sign in first.') {
    super('UNAUTHENTICATED', message);
  }
}

export class Forbidden extends Refusal {
  constructor(message = 'You may not do this.') {
    super('FORBIDDEN', message);
  }
}

export class NotFound extends Refusal {
  /** @param what in words: `workspace`, `job` */
  constructor(what: string) {
    super('NOT_FOUND', `There is no such ${what}, or you may not see it.`);
  }
}

/** A broken input may have as many faults as values: this many say enough. */
const mostFaults = 100;

function summary(fields: FieldFault[]): string {
  const shown = fields.slice(0, mostFaults).map(({ path, message }) => `${path}: ${message}`);
  const others = fields.length - shown.length;
  return others > 0 ? `${shown.join('; ')}; and ${others} more` : shown.join('; ');
}

export class BadUserInput extends Refusal {
  constructor(fields: FieldFault[], message = summary(fields)) {
    super('BAD_USER_INPUT', message, { fields: fields.slice(0, mostFaults) });
  }
}

export class RateLimited extends Refusal {
  /** @param retryAfter in seconds */
  constructor(message: string, retryAfter: number) {
    super('RATE_LIMITED', message, { retryAfter });
  }
}

export class LimitReached extends Refusal {
  /** @param limit name of the limit */
  constructor(message: string, limit: string) {
    super('LIMIT_REACHED', message, { limit });
  }
}

export class TooComplex extends Refusal {
  constructor(message: string) {
    super('TOO_COMPLEX', message);
  }
}

export class Busy extends Refusal {
  constructor(message = 'The server is busy with the same kind of work. Try again in a moment.') {
    super('BUSY', message);
  }
}

export class ServiceUnavailable extends Refusal {
  constructor(
    message = 'The database or the object store cannot be reached. Nothing was changed; try again.',
  ) {
    super('SERVICE_UNAVAILABLE', message);
  }
}
