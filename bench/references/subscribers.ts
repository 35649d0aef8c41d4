/**
 * Many clients of one server in a process of their own: `subscribers.ts <order as JSON>`. Prints `"open"` once each has
 * got its first message (of a bare server: is connected); after `round` on standard input, when the last of them has got one more.
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';

export interface SubscribersOrder {
  url: string;
  count: number;
  /** One for each kind of caller, used in turn; none: a bare server without subscriptions. */
  tokens: string[];
  query: string;
  unitId: string;
}

/** When the last one was told, milliseconds since 1970. */
export interface RoundAnswer {
  last: number;
}

const { url, count, tokens, query, unitId } = JSON.parse(process.argv[2]!) as SubscribersOrder;
/** Sockets that are being opened at once. */
const opening = 50;
const print = (fact: unknown) => void process.stdout.write(`${JSON.stringify(fact)}\n`);

let told = 0;
let wanted = Infinity;
const next = Buffer.from('"type":"next"');

function notice(): void {
  told += 1;
  if (told < wanted) return;
  wanted = Infinity;
  print({ last: performance.timeOrigin + performance.now() } satisfies RoundAnswer);
}

function open(index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`A socket was closed: ${code}`)));
    const token = tokens[index % tokens.length];
    socket.on('open', () => {
      if (token === undefined) resolve();
      else
        socket.send(
          JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }),
        );
    });
    let isFirst = token !== undefined;
    socket.on('message', (data: Buffer) => {
      if (data.includes(next)) {
        if (!isFirst) return notice();
        isFirst = false;
        return resolve();
      }
      const { type } = JSON.parse(data.toString()) as { type: string };
      if (type === 'connection_ack')
        socket.send(
          JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { unitId } } }),
        );
      else if (type === 'error') reject(new Error(data.toString()));
    });
  });
}

async function main(): Promise<void> {
  for (let at = 0; at < count; at += opening)
    await Promise.all(Array.from({ length: Math.min(opening, count - at) }, (_, index) => open(at + index)));
  await pause(500);
  print('open');
  for await (const _ of createInterface({ input: process.stdin })) {
    told = 0;
    wanted = count;
    print('ready');
  }
}

void main();
