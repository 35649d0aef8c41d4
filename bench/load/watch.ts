import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { fromSource } from '../../server/test/parts/from-source';

/** What a server says of itself at one moment. */
export interface Sample {
  residentBytes: number;
  heapBytes: number;
  descriptors: number;
  handles: number;
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
  residentBytes: 'process_resident_memory_bytes',
  heapBytes: 'nodejs_heap_size_used_bytes',
  descriptors: 'process_open_fds',
  handles: 'nodejs_active_resources_total',
  cpuSeconds: 'process_cpu_seconds_total',
  longestDelay: 'nodejs_eventloop_lag_max_seconds',
} as const;

/** Samples of a server, one a second, between two times. */
export async function watched(metricsPort: number, from: number, until: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const idle = new Worker(path.join(__dirname, 'idle-loop.ts'), { execArgv: ['--require', fromSource] });
  const idleDelay = async () => {
    const told = once(idle, 'message') as Promise<[number]>;
    idle.postMessage('tell');
    return (await told)[0];
  };
  await pause(Math.max(0, from - Date.now()));
  await Promise.all([sampleOf(metricsPort), idleDelay()]);
  while (Date.now() < until) {
    await pause(1_000);
    samples.push({ ...(await sampleOf(metricsPort)), idleDelay: await idleDelay() });
  }
  await idle.terminate();
  return samples;
}

async function sampleOf(metricsPort: number): Promise<Omit<Sample, 'idleDelay'>> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const read = (name: string) => {
    const line = new RegExp(`^${name} (\\S+)$`, 'm').exec(text);
    if (!line) throw new Error(`The server does not tell ${name}`);
    return Number(line[1]);
  };
  return {
    residentBytes: read(names.residentBytes),
    heapBytes: read(names.heapBytes),
    descriptors: read(names.descriptors),
    handles: read(names.handles),
    cpuSeconds: read(names.cpuSeconds),
    at: Date.now(),
    longestDelay: read(names.longestDelay) * 1_000,
  };
}
