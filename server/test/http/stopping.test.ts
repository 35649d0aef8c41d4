import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { TestServer } from '../parts/running-server';

/** In a thread of its own: connects and asks as soon as it is told to, says so, and tells what it was answered. */
const client = `
  const { connect } = require('node:net');
  const { parentPort, workerData: { port, turns } } = require('node:worker_threads');
  parentPort.postMessage('ready');
  Atomics.wait(turns, 0, 0);
  let answer = '';
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n');
    Atomics.store(turns, 1, 1);
    Atomics.notify(turns, 1);
  });
  socket.on('data', (bytes) => (answer += bytes));
  socket.on('error', () => undefined);
  socket.on('close', () => parentPort.postMessage(answer));
`;

test('who connects while a server that stops is busy with other things is answered', async () => {
  const server = await TestServer.start({ LOG_LEVEL: 'silent', DRAIN_DELAY_SECONDS: '0' });
  const turns = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(client, { eval: true, workerData: { port: new URL(server.url).port, turns } });
  await once(worker, 'message');

  const stopped = server.stop();
  Atomics.store(turns, 0, 1);
  Atomics.notify(turns, 0);
  Atomics.wait(turns, 1, 0);
  const [answer] = (await once(worker, 'message')) as [string];
  await stopped;
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});
