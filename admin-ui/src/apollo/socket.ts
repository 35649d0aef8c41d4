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
  /** Called when the session may have ended or have other rights: the socket was closed for that, or was away meanwhile. */
  checkAccess: () => void;
}

/** The WebSocket for subscriptions: opened with the first one, kept up for as long as one is wanted. */
export function createSocket({ url, connection, checkAccess }: SocketOptions): Client {
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let wasAway = false;
  const socket = createClient({
    url,
    lazy: true,
    keepAlive: pingEvery,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => pauseBeforeRetry(retries, (listener) => connection.onBack(listener)),
    on: {
      connected() {
        connection.noteBack();
        if (wasAway) checkAccess();
        wasAway = false;
      },
      ping(received) {
        if (!received) overdue = setTimeout(() => socket.terminate(), pongPatience);
      },
      pong(received) {
        if (received) clearTimeout(overdue);
      },
      closed(event) {
        clearTimeout(overdue);
        const code = closeCodeOf(event);
        if (code === normalClosure) return;
        wasAway = true;
        if (code === CloseCode.Forbidden) checkAccess();
        else connection.noteLost();
      },
    },
  });
  return socket;
}

function closeCodeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'code' in event ? event.code : undefined;
}
