import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SwiftServer } from './swift';

interface SharedSwift {
  endpoint: string;
  directory: string;
  pids: number[];
}

/**
 * The endpoint of one Swift for all tests of this run, which may run in several processes. Whoever asks first starts
 * it. Tests that stop their Swift start one of their own.
 */
export async function sharedSwift(): Promise<string> {
  const meeting = process.env.TEST_SWIFT_DIRECTORY;
  if (!meeting) throw new Error('swift.setup.ts did not run');
  const announcement = path.join(meeting, 'swift.json');
  if (!isFirst(meeting)) return (await announced(announcement)).endpoint;

  const { endpoint, directory, pids } = await SwiftServer.start();
  writeFileSync(`${announcement}.part`, JSON.stringify({ endpoint, directory, pids } satisfies SharedSwift));
  renameSync(`${announcement}.part`, announcement);
  return endpoint;
}

export function removeSharedSwift(): void {
  const meeting = process.env.TEST_SWIFT_DIRECTORY;
  if (!meeting) return;
  const announcement = path.join(meeting, 'swift.json');
  if (existsSync(announcement)) {
    const { pids, directory } = read(announcement);
    for (const pid of pids) kill(pid);
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
  rmSync(meeting, { recursive: true, force: true });
}

function isFirst(meeting: string): boolean {
  try {
    mkdirSync(path.join(meeting, 'starting'));
    return true;
  } catch {
    return false;
  }
}

async function announced(announcement: string): Promise<SharedSwift> {
  for (let attempt = 0; attempt < 900; attempt++) {
    if (existsSync(announcement)) return read(announcement);
    await pause(100);
  }
  throw new Error('The shared Swift did not start');
}

const read = (announcement: string) => JSON.parse(readFileSync(announcement, 'utf8')) as SharedSwift;

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}
