/** A thread with nothing to do: how long its event loop is held up is the machine's doing. Asked, it tells ms. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
parentPort!.on('message', () => {
  parentPort!.postMessage(delay.max / 1e6);
  delay.reset();
});
