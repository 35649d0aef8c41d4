import type { Closing } from './safe-mode-refusal';

/** Words for failures that the server cannot put into words itself, or puts into those of its API. */
export const faultTexts = {
  offline: 'The server does not answer. Check the connection and try again.',
  unknown: 'Something went wrong. Try again.',
  internal: (id: string) =>
    id ? `Internal error. Tell an administrator of the server this id: ${id}` : 'Internal error. Try again.',
  status: (status: number) => `The server refused the request (HTTP status ${status}).`,
  safeModeClosed: (closing: Closing | undefined) => {
    if (!closing) return 'There is no such safe mode any more. This had no effect.';
    const ended = closing.status === 'APPLIED' ? 'applied for all users' : 'deleted';
    return `“${closing.name}” was ${ended}${closing.by ? ` by ${closing.by.name}` : ''}. This had no effect.`;
  },
  refusals: {
    SAFE_MODE_CONTEXT_LOST:
      'You are in a safe mode, but this page does not know it. Nothing was saved. Reload the page.',
    NOT_RECORDABLE:
      'This cannot be recorded in a safe mode. Leave the safe mode to do it for everybody at once.',
  } as Record<string, string>,
};
