import { CloseCode, createClient, type Client } from 'graphql-ws';
import type { Connection } from './connection';

const longestWait = 10_000;
const normalClosure = 1000;

interface SocketOptions {
  url: string;
  connection: Connection;
  /** Called when the server closes the socket because the session may no longer listen. */
  onForbidden: () => void;
}

/** The WebSocket for subscriptions: opened with the first one, kept up for as long as one is wanted. */
export function createSocket({ url, connection, onForbidden }: SocketOptions): Client {
  return createClient({
    url,
    lazy: true,
    keepAlive: 20_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: waitBeforeRetry,
    on: {
      connected: () => connection.noteBack(),
      closed: (event) => {
        const code = closeCodeOf(event);
        if (code === CloseCode.Forbidden) onForbidden();
        else if (code !== normalClosure) connection.noteLost();
      },
    },
  });
}

/** Growing pauses with some randomness, cut short when the browser says that the network is back. */
function waitBeforeRetry(retries: number): Promise<void> {
  const wait = Math.min(longestWait, 500 * 2 ** retries) * (0.75 + Math.random() / 2);
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, wait);
    window.addEventListener('online', done);
  });
}

function closeCodeOf(event: unknown): unknown {
  return typeof event === 'object' && event !== null && 'code' in event ? event.code : undefined;
}
