import { CloseCode, createClient, type Client } from 'graphql-ws';
import type { Connection } from './connection';
import { pauseBeforeRetry } from './retry';

const normalClosure = 1000;
/** Milliseconds. A line that went dead without a word, as behind a changed network, is noticed after both. */
const pingEvery = 20_000;
const pongPatience = 10_000;

interface SocketOptions {
  url: string;
  connection: Connection;
  /** Called when the server closes the socket because the session may no longer listen. */
  onForbidden: () => void;
}

/** The WebSocket for subscriptions: opened with the first one, kept up for as long as one is wanted. */
export function createSocket({ url, connection, onForbidden }: SocketOptions): Client {
  let overdue: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url,
    lazy: true,
    keepAlive: pingEvery,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => pauseBeforeRetry(retries, (listener) => connection.onBack(listener)),
    on: {
      connected: () => connection.noteBack(),
      ping(received) {
        if (!received) overdue = setTimeout(() => socket.terminate(), pongPatience);
      },
      pong(received) {
        if (received) clearTimeout(overdue);
      },
      closed(event) {
        clearTimeout(overdue);
        const code = closeCodeOf(event);
        if (code === CloseCode.Forbidden) onForbidden();
        else if (code !== normalClosure) connection.noteLost();
      },
    },
  });
  return socket;
}

function closeCodeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'code' in event ? event.code : undefined;
}
