import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type FromWorker, type ToWorker, type WorkOrder } from './messages';

const extension = extname(__filename);
// Compiled, the worker is JavaScript like this file. Run from source (tests, development), the new thread has none of
// the starting thread's transforms and needs one of its own.
const execArgv =
  extension === '.ts' ? ['--require', join(__dirname, '../../../../../scripts/from-source.cjs')] : [];

/** A worker thread for one order. Its messages wait in order until asked for; {@link stop} frees all it holds. */
export class WorkerThread {
  private readonly worker: Worker;
  private readonly arrived: (FromWorker | Error)[] = [];
  private wake: (() => void) | undefined;

  constructor(order: WorkOrder) {
    this.worker = new Worker(join(__dirname, `age.worker${extension}`), { workerData: order, execArgv });
    this.worker.on('message', (message: FromWorker) => this.put(message));
    this.worker.on('error', (error: Error) => this.put(error));
    this.worker.on('exit', () => this.put(new Error('The age worker ended before its work did.')));
  }

  send(message: ToWorker): void {
    this.worker.postMessage(message, message.type === 'piece' ? [message.bytes.buffer] : []);
  }

  /** Hands in an error of the starting side, so that whoever waits for the worker learns of it. */
  fail(error: Error): void {
    this.put(error);
  }

  /** The next message. Rejects when the worker failed other than by telling so. */
  async next(): Promise<FromWorker> {
    if (this.arrived.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    const message = this.arrived.shift()!;
    if (message instanceof Error) throw message;
    return message;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private put(message: FromWorker | Error): void {
    this.arrived.push(message);
    this.wake?.();
    this.wake = undefined;
  }
}
