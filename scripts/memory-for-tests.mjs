import { statfsSync } from 'node:fs';
import { freemem } from 'node:os';

const directory = '/dev/shm';
/** Several database servers and all their files, with as much again to spare. */
const needed = 6 * 1024 ** 3;

/**
 * Where tests put what they throw away: a file system in memory if there is one with room. They kill processes, which
 * takes nothing from either; only a machine that lost its power would tell the two apart, and waiting for a disk
 * after each commit is most of what tests on a database do.
 */
export function memoryForTests() {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return Math.min(bavail * bsize, freemem()) >= needed ? directory : undefined;
  } catch {
    return undefined;
  }
}
