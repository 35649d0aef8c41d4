import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Processor time of a process and its threads so far, milliseconds. Linux only, as all of this file. */
export function cpuTime(pid: number): number {
  const threads = `/proc/${pid}/task`;
  const nanoseconds = readdirSync(threads).map((thread) =>
    Number(readFileSync(`${threads}/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

/** Resident memory of a process now, bytes. */
export const memory = (pid: number): number => statusBytes(pid, 'VmRSS');

/** The most resident memory since `forgetPeak`, bytes. */
export const peakMemory = (pid: number): number => statusBytes(pid, 'VmHWM');

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function statusBytes(pid: number, name: string): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'));
  if (!line) throw new Error(`Process ${pid} has no ${name}`);
  return Number(line[1]) * 1024;
}
