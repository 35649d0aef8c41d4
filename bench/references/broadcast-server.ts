/**
 * P8's reference, a process of its own: sends one prepared text to every open socket when it is told `publish`. Prints
 * its port, then the time of each broadcast.
 */
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
const print = (fact: unknown) => void process.stdout.write(`${JSON.stringify(fact)}\n`);

let count = 0;
createInterface({ input: process.stdin }).on('line', () => {
  const who = [{ user: { id: 'x'.repeat(36), name: 'Bench' }, safeModeName: `Plan ${count++}` }];
  const frame = Buffer.from(
    JSON.stringify({ id: '1', type: 'next', payload: { data: { safeModeBanner: who } } }),
  );
  const at = performance.timeOrigin + performance.now();
  for (const socket of sockets.clients) socket.send(frame, { binary: false });
  print(at);
});
server.listen(0, '127.0.0.1', () => print((server.address() as AddressInfo).port));
