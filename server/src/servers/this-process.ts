import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import { type ServerProcessEntity } from './server-process.entity';

type ProcessPlace = Pick<ServerProcessEntity, 'host' | 'machine' | 'pid'>;

/** Where this process runs. Process ids can be compared where `machine` is the same: one boot, and one container. */
export const thisProcess = (): ProcessPlace => ({
  host: hostname().slice(0, 255),
  machine: createHash('sha256').update(pidSpace()).digest('hex'),
  pid: process.pid,
});

/** Whether it is certain that the process does not run any more. */
export function isGone({ machine, pid }: ProcessPlace): boolean {
  if (machine !== thisProcess().machine) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function pidSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // Where there is no Linux there are no containers that share a name.
    return hostname();
  }
}
