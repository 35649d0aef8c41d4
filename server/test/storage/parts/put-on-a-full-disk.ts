/**
 * A process that may write files up to a limit only: puts an object that does not fit and one that does, and says what
 * came of it. `node -r scripts/from-source.cjs … <directory> <bytes>`
 */
import { Readable } from 'node:stream';
import { DirectoryStore } from '../../../src/storage/directory-store';
import { ObjectStoreAway } from '../../../src/storage/object-store';
import { someBytes } from './content';

async function main(directory: string, bytes: number): Promise<void> {
  const store = new DirectoryStore(directory);
  const error = await store
    .put('too/large', Readable.from(someBytes(bytes), { objectMode: false }))
    .catch((thrown: unknown) => thrown);
  const cause =
    error instanceof ObjectStoreAway ? (error.cause as NodeJS.ErrnoException).code : String(error);
  const written = await store.put('small/enough', Readable.from(['x']));
  process.stdout.write(JSON.stringify({ away: error instanceof ObjectStoreAway, cause, written }));
}

void main(process.argv[2]!, Number(process.argv[3]));
