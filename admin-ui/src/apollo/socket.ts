import { createClient, type Client } from 'graphql-ws';
import type { Connection } from './connection';

const longestWait = 10_000;

/** The WebSocket for subscriptions: opened with the first one, kept up for as long as one is wanted. */
export function createSocket(url: string, connection: Connection): Client {
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
        if (!isOrderly(event)) connection.noteLost();
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

function isOrderly(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'code' in event && event.code === 1000;
}
