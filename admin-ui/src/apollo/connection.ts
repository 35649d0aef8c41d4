import { inject, readonly, shallowRef, type InjectionKey, type Ref } from 'vue';
import { requestHeaders } from './request-headers';

/** Whether the server can be reached, as the last request or the WebSocket found it. */
export interface Connection {
  readonly lost: Readonly<Ref<boolean>>;
  /** From then on the server is asked again and again, until it answers. */
  noteLost: () => void;
  noteBack: () => void;
  /** Calls `listener` each time the server answers again after it was lost; returns how to stop. */
  onBack(listener: () => void): () => void;
}

export const connectionKey: InjectionKey<Connection> = Symbol('connection');

interface ConnectionParts {
  /** Asks the server for a sign of life. Never rejects. */
  answers: () => Promise<boolean>;
  /** Waits before asking again. */
  pause: (retries: number) => Promise<void>;
}

export function createConnection({ answers, pause }: ConnectionParts): Connection {
  const lost = shallowRef(false);
  const listeners = new Set<() => void>();

  function noteBack(): void {
    if (!lost.value) return;
    lost.value = false;
    for (const listener of [...listeners]) listener();
  }

  async function askUntilBack(): Promise<void> {
    for (let retries = 0; lost.value; retries++) {
      await pause(retries);
      if (lost.value && (await answers())) noteBack();
    }
  }

  return {
    lost: readonly(lost),
    noteLost() {
      if (lost.value) return;
      lost.value = true;
      void askUntilBack();
    },
    noteBack,
    onBack(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Whether the server answers a question that costs it nothing. */
export async function serverAnswers(): Promise<boolean> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { ...requestHeaders, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    return !isFromProxy(response);
  } catch {
    return false;
  }
}

/** Whether it is not the server that answers, but what stands before it and did not reach it. */
export function isFromProxy({ status, headers }: Response): boolean {
  const isJson = headers.get('content-type')?.includes('json') ?? false;
  return status >= 502 && status <= 504 && !isJson;
}

/** The connection of this console. Call it in `setup`. */
export function useConnection(): Connection {
  const connection = inject(connectionKey);
  if (!connection) throw new Error('No connection was provided.');
  return connection;
}
