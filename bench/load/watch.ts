import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fromSource } from '../../server/test/parts/from-source';
import { metricsOf } from './metrics';

/** What a server says of itself at one moment. */
export interface Sample {
  /** Processor time so far. */
  cpuSeconds: number;
  /** When it was asked, ms. */
  at: number;
  /** The longest that anything waited for the event loop since the last sample, ms. */
  longestDelay: number;
  /** The same of a thread that does nothing, ms. */
  idleDelay: number;
}

const names = {
  cpuSeconds: 'process_cpu_seconds_total',
  longestDelay: 'nodejs_eventloop_lag_max_seconds',
} as const;

/** Samples of a server, one a second, until a time. */
export async function watched(metricsPort: number, until: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const idle = new Worker(path.join(__dirname, 'idle-loop.ts'), { execArgv: ['--require', fromSource] });
  const idleDelay = async () => {
    const told = once(idle, 'message') as Promise<[number]>;
    idle.postMessage('tell');
    return (await told)[0];
  };
  await Promise.all([metricsOf(metricsPort, names), idleDelay()]);
  while (Date.now() < until) {
    await pause(1_000);
    const { cpuSeconds, longestDelay } = await metricsOf(metricsPort, names);
    const delays = { longestDelay: longestDelay * 1_000, idleDelay: await idleDelay() };
    samples.push({ at: Date.now(), cpuSeconds, ...delays });
  }
  await idle.terminate();
  return samples;
}
