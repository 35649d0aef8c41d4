import { createHash } from 'node:crypto';
import { type Readable } from 'node:stream';
import { ObjectExists, type ObjectStore } from '../object-store';
import { RefusedMove } from './refused-move';

/**
 * Copies every file and reads it back. One that is there already, from a move that broke off, is compared only. Throws
 * `RefusedMove` where a file differs. Answers how many there are.
 */
export async function moveFiles(from: ObjectStore, to: ObjectStore): Promise<number> {
  let count = 0;
  for await (const { key } of from.list('')) {
    try {
      await to.put(key, await from.get(key));
    } catch (error) {
      if (!(error instanceof ObjectExists)) throw error;
    }
    const [expected, found] = [await hashOf(await from.get(key)), await hashOf(await to.get(key))];
    if (expected !== found) throw new RefusedMove(`The file ${key} is another one in the bucket.`);
    count++;
  }
  return count;
}

async function hashOf(content: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of content) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
