import { globalAgent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, setGlobalDispatcher } from 'undici';
import { type ServedProduct } from '../product/served-product';
import { metricsOf } from './metrics';

const names = {
  residentBytes: 'process_resident_memory_bytes',
  heapBytes: 'nodejs_heap_size_used_bytes',
  descriptors: 'process_open_fds',
  handles: 'nodejs_active_resources_total',
} as const;

/** What a server holds when nobody asks it for anything. */
export type Rest = Record<keyof typeof names, number>;

/** With these a server throws away what it needs no more as soon as it is told to, before its memory is looked at. */
export const collecting = [
  '--expose-gc',
  '--import',
  'data:text/javascript,process.on("SIGUSR2",()=>globalThis.gc())',
];

/** What connections close and finalizers let go of is gone after this, ms. */
const settling = 1_000;

let agent = new Agent();
setGlobalDispatcher(agent);

/**
 * Closes all connections of ours and looks at a server that was started `collecting`. What it holds now it holds for
 * good: keys are not being derived, which takes 256 MiB each, and there is neither rubbish nor anybody's connection.
 */
export async function atRest(product: ServedProduct, metricsPort: number): Promise<Rest> {
  await agent.close();
  setGlobalDispatcher((agent = new Agent()));
  globalAgent.destroy();
  for (let round = 0; round < 2; round++) {
    await pause(settling);
    process.kill(product.pid, 'SIGUSR2');
  }
  await pause(settling);
  return metricsOf(metricsPort, names);
}
