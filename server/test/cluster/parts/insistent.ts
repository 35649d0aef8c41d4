import { setTimeout as pause } from 'node:timers/promises';
import { Refused } from '../../parts/configuration';

/** What a client may be told while nodes come and go: each says that nothing was changed, or to look and repeat. */
const retryable = new Set(['SERVICE_UNAVAILABLE', 'BUSY']);

/** Repeats a request until it is answered, as a client with an operation id does; any other refusal fails the test. */
export async function insist<T>(request: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      const codes = error instanceof Refused ? error.errors.map(({ extensions }) => extensions.code) : [];
      if (codes.length === 0 || !codes.every((code) => retryable.has(code))) throw error;
    }
    await pause(50);
  }
}

/** Does the deed over and over until told to stop; answers how often it was done. */
export function keepDoing(deed: (count: number) => Promise<void>): () => Promise<number> {
  let stopped = false;
  const done = (async () => {
    let count = 0;
    while (!stopped) await deed(++count);
    return count;
  })();
  // Whoever stops it hears of it.
  done.catch(() => undefined);
  return () => {
    stopped = true;
    return done;
  };
}
