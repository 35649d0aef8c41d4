import { signedIn } from '../access/abilities';
import { type Actor } from '../access/actor';
import { type Editor } from '../change/editor';

/** Sets and clears the session cookie of the answer; absent on WebSocket. */
export interface SessionCookie {
  set(token: string, expires: Date): void;
  clear(): void;
}

/** What every resolver gets: who asks, from where. */
export interface Context {
  actor: Actor | undefined;
  /** Address of the client, for limits and the audit. */
  address: string;
  /** The header X-Safe-Mode as it came. */
  safeModeHeader: string | undefined;
  cookie: SessionCookie | undefined;
  /** Things kept for the length of this request, such as the live generation and batched loaders; made on demand. */
  readonly kept: Map<unknown, unknown>;
}

/** Keeps what `make` makes for the length of the request: the same key gets the same thing. */
export function keep<T>(context: Pick<Context, 'kept'>, key: unknown, make: () => T): T {
  if (!context.kept.has(key)) context.kept.set(key, make());
  return context.kept.get(key) as T;
}

/** Who edits, and where the request says that its edits go; of an operation whose rule lets only signed-in callers pass. */
export const editorOf = ({ actor, safeModeHeader }: Context): Editor => ({
  ...signedIn({ actor }),
  safeModeHeader,
});
