import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { faultTexts } from './fault-texts';
import { closingOf } from './safe-mode-refusal';

/** What is wrong with one field of an input; `path` as the server names it. */
export interface FieldFault {
  path: string;
  message: string;
}

/** One reason why an edit does not fit the configuration as it is now, and who uses what was to go. */
export interface ConflictFault {
  code: string;
  message: string;
  path: string;
  referrers: { type: string; id: string; name: string }[];
}

/** Any refusal or failure of a request, in words for the person at the screen. */
export interface Fault {
  /** The server's `extensions.code`; `OFFLINE` when there was no answer. */
  code: string;
  message: string;
  fields: FieldFault[];
  conflicts: ConflictFault[];
}

/** Turns whatever a request threw into a fault. Never throws. */
export function faultOf(error: unknown): Fault {
  if (CombinedGraphQLErrors.is(error) && error.errors[0]) return graphqlFault(error.errors[0]);
  if (ServerError.is(error)) return serverFault(error);
  if (error instanceof TypeError || isNetworkError(error)) return plainFault('OFFLINE', faultTexts.offline);
  return plainFault('UNKNOWN', error instanceof Error ? error.message : faultTexts.unknown);
}

/** The message for one field, or undefined when nothing is wrong with it. */
export function fieldMessage(fault: Fault | undefined, field: string): string | undefined {
  const reasons = [...(fault?.fields ?? []), ...(fault?.conflicts ?? [])];
  const messages = reasons.filter(({ path }) => firstName(path) === field).map(({ message }) => message);
  return messages.length ? messages.map(asSentence).join(' ') : undefined;
}

function graphqlFault(error: { message: string; extensions?: Record<string, unknown> }): Fault {
  const extensions = error.extensions ?? {};
  const code = typeof extensions['code'] === 'string' ? extensions['code'] : 'UNKNOWN';
  return {
    code,
    message: wordsFor(code, extensions) ?? error.message,
    fields: listOf(extensions['fields']).map(fieldFault),
    conflicts: listOf(extensions['conflicts']).map(conflictFault),
  };
}

/** The console's own words where the server's would not do. */
function wordsFor(code: string, extensions: Record<string, unknown>): string | undefined {
  if (code === 'INTERNAL_SERVER_ERROR') return faultTexts.internal(idOf(extensions));
  if (code === 'SAFE_MODE_CLOSED') return faultTexts.safeModeClosed(closingOf(extensions));
  return faultTexts.refusals[code];
}

function serverFault(error: ServerError): Fault {
  const answer = parsed(error.bodyText);
  const first = listOf(answer?.['errors'])[0];
  if (first)
    return graphqlFault({ message: textOf(first['message']), extensions: recordOf(first['extensions']) });
  return error.statusCode >= 502 && error.statusCode <= 504
    ? plainFault('OFFLINE', faultTexts.offline)
    : plainFault('UNKNOWN', faultTexts.status(error.statusCode));
}

function plainFault(code: string, message: string): Fault {
  return { code, message, fields: [], conflicts: [] };
}

function fieldFault(value: Record<string, unknown>): FieldFault {
  return { path: textOf(value['path'] ?? value['field']), message: textOf(value['message']) };
}

function conflictFault(value: Record<string, unknown>): ConflictFault {
  return {
    code: textOf(value['code']),
    message: textOf(value['message']),
    path: textOf(value['path']),
    referrers: listOf(value['referrers']).map((each) => ({
      type: textOf(each['type']),
      id: textOf(each['id']),
      name: textOf(each['name']),
    })),
  };
}

function asSentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** `input.manifest.name`, `/manifest/name` and `manifest` all concern the field `manifest`. */
function firstName(path: string): string {
  const names = path.split(/[./]/).filter((name) => name !== '');
  return (names[0] === 'input' ? names[1] : names[0]) ?? '';
}

function idOf(extensions: Record<string, unknown>): string {
  return textOf(extensions['id'] ?? extensions['errorId']);
}

function isNetworkError(error: unknown): boolean {
  return error instanceof Error && /fetch|network|socket/i.test(`${error.name} ${error.message}`);
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    return recordOf(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
