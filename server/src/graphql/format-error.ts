import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { type ValidationError } from 'class-validator';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Logger } from 'pino';
import { ArgumentValidationError } from 'type-graphql';
import { parseFailure } from './document-limits';
import { BadUserInput, type FieldFault, Refusal } from '../refusal';
import { isDatabaseAway } from '../storage/database-away';
import { databaseRefusal } from '../storage/database-refusal';

/** Codes of errors that GraphQL and Apollo Server make themselves, before any resolver runs. */
const ownCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'TOO_COMPLEX',
]);

/**
 * What leaves the server of an error. Refusals keep code, text and extensions; anything else is logged once, here, and
 * shows an id only.
 */
export function errorFormatter(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { locations, path } = formatted;
    const cause = causeOf(error);
    const refusal = refusalOf(cause);
    if (refusal) {
      if (isDatabaseAway(cause)) log.error({ err: cause }, 'The database cannot be reached or written');
      const { message, code, extensions } = refusal;
      return { message, locations, path, extensions: { code, ...extensions } };
    }
    const code = formatted.extensions?.code;
    if (typeof code === 'string' && ownCodes.has(code)) {
      return { message: parseFailure(formatted.message), locations, path, extensions: { code } };
    }
    const id = randomUUID();
    log.error({ id, err: cause, path }, 'Unknown fault');
    return {
      message: `Internal error ${id}`,
      locations,
      path,
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    };
  };
}

/** The same for WebSocket, where there is no Apollo Server around the resolvers. */
export function formatErrors(log: Logger, errors: readonly GraphQLError[]): GraphQLError[] {
  const format = errorFormatter(log);
  return errors.map((error) => {
    const { message, extensions } = format(codeOfValidation(error), error);
    return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions });
  });
}

function codeOfValidation(error: GraphQLError): GraphQLFormattedError {
  const formatted = error.toJSON();
  return error.originalError || error.path
    ? formatted
    : { ...formatted, extensions: { code: 'GRAPHQL_VALIDATION_FAILED', ...formatted.extensions } };
}

/** Apollo Server unwraps what resolvers throw, but not what finding out who asks throws. */
function causeOf(error: unknown): unknown {
  const thrown = unwrapResolverError(error);
  const cause = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  // GraphQL wraps what it does not know for an error, such as that of a socket where Node's own classes are others.
  return (cause as { thrownValue?: unknown } | undefined)?.thrownValue ?? cause;
}

/** A refusal to serve the request at all, such as for a bad API token, with the status that HTTP has for it. */
export function refusedRequest(error: unknown): unknown {
  const refusal = refusalOf(error);
  if (!refusal) return error;
  const status = refusal.code === 'UNAUTHENTICATED' ? 401 : 503;
  return new GraphQLError(refusal.message, {
    originalError: refusal,
    extensions: { code: refusal.code, http: { status } },
  });
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  // Its own extensions would carry the whole input, a password too.
  if (error instanceof ArgumentValidationError) {
    const { validationErrors } = error.extensions as unknown as { validationErrors: ValidationError[] };
    return new BadUserInput(faultsOf(validationErrors));
  }
  return databaseRefusal(error);
}

function faultsOf(errors: readonly ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap(({ property, constraints, children }) => {
    const path = parent ? `${parent}.${property}` : property;
    const own = Object.values(constraints ?? {}).map((message) => ({ path, message }));
    return [...own, ...faultsOf(children ?? [], path)];
  });
}
