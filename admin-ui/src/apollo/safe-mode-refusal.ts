/** How a safe mode ended, as the refusal of whoever still names it tells. */
export interface Closing {
  status: 'APPLIED' | 'DISCARDED';
  name: string;
  /** Who ended it; undefined where that is not known. */
  by: { id: string; name: string } | undefined;
}

/** A refusal that may mean that this tab's safe mode is its own no more. */
export interface SafeModeRefusal {
  code: 'SAFE_MODE_CLOSED' | 'FORBIDDEN';
  /** What the refused request named. */
  safeModeId: string;
  /** A read is refused because of the header alone; a mutation may speak of another safe mode. */
  isRead: boolean;
  closing: Closing | undefined;
}

interface AnsweredError {
  extensions?: Record<string, unknown>;
}

/** The first such refusal among the errors of an answer. */
export function refusalIn(
  errors: readonly AnsweredError[] | undefined,
  request: { safeModeId: string; isRead: boolean },
): SafeModeRefusal | undefined {
  for (const { extensions } of errors ?? []) {
    const code = extensions?.['code'];
    if (code === 'SAFE_MODE_CLOSED' || code === 'FORBIDDEN')
      return { ...request, code, closing: closingOf(extensions) };
  }
  return undefined;
}

/** How the safe mode of a refusal ended; undefined where the refusal does not say. */
export function closingOf(extensions: Record<string, unknown> | undefined): Closing | undefined {
  const closing = recordOf(extensions?.['closing']);
  const { status, name } = closing;
  if ((status !== 'APPLIED' && status !== 'DISCARDED') || typeof name !== 'string') return undefined;
  const { id, name: byName } = recordOf(closing['by']);
  const by = typeof id === 'string' && typeof byName === 'string' ? { id, name: byName } : undefined;
  return { status, name, by };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
