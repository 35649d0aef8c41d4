import { ReadableStream } from 'node:stream/web';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { startStreamWork, tryPasswords, type StreamWork } from './age-work';
import { outputWindow, type FromWorker, type ToWorker, type WorkOrder } from './messages';

// Only ever loaded as a worker, where the port is there.
const port = parentPort!;

const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

async function run(order: WorkOrder): Promise<void> {
  if (order.kind !== 'open') return runStream(order);
  send({ type: 'opening', opening: await tryPasswords(order.header, order.forms) });
}

async function runStream(work: StreamWork): Promise<void> {
  const { source, window, asked } = listen();
  // Deriving a key keeps this thread busy: the first piece is asked for before, so that the source is read meanwhile.
  await asked;
  try {
    const result = await startStreamWork(work, source);
    if (work.kind === 'encrypt') collectGarbage();
    for await (const bytes of result) {
      await window.enter();
      sendBytes(bytes);
    }
  } catch (error) {
    return send({
      type: 'failed',
      cause: work.kind === 'decrypt' ? 'cipher' : 'fault',
      message: String(error),
    });
  }
  send({ type: 'end' });
}

/** The input as a stream that asks for one piece at a time, when it first did, and the window of the output. */
function listen() {
  const window = new Window(outputWindow);
  let answer: (message: ToWorker) => void;
  let isAsked: () => void;
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  port.on('message', (message: ToWorker) => (message.type === 'taken' ? window.leave() : answer(message)));

  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const answered = new Promise<ToWorker>((resolve) => (answer = resolve));
      send({ type: 'wanted' });
      isAsked();
      const message = await answered;
      if (message.type === 'piece') controller.enqueue(message.bytes);
      else controller.close();
    },
  });
  return { source, window, asked };
}

class Window {
  private waiting: (() => void) | undefined;

  constructor(private places: number) {}

  async enter(): Promise<void> {
    if (this.places === 0) await new Promise<void>((resolve) => (this.waiting = resolve));
    this.places -= 1;
  }

  leave(): void {
    this.places += 1;
    this.waiting?.();
    this.waiting = undefined;
  }
}

function sendBytes(bytes: Uint8Array): void {
  const { buffer } = bytes;
  const ownsBuffer = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  send({ type: 'data', bytes }, ownsBuffer ? [buffer] : []);
}

/** The 256 MiB that deriving the key took would lie there for as long as the stream takes. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}

void run(workerData as WorkOrder)
  .catch((error: unknown) => send({ type: 'failed', cause: 'fault', message: String(error) }))
  .finally(() => port.close());
