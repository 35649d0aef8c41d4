import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ObjectMissing, type ObjectStore } from './object-store';

const unfinished = '.part';

/** Objects as files below one directory, for the embedded default. */
export class DirectoryStore implements ObjectStore {
  constructor(private readonly root: string) {}

  /** Written under a temporary name, flushed to disk, then renamed: a crash leaves no half object. */
  async put(key: string, content: Readable): Promise<number> {
    const file = this.fileOf(key);
    await mkdir(path.dirname(file), { recursive: true });
    const temporary = `${file}.${randomBytes(6).toString('hex')}${unfinished}`;
    try {
      const target = createWriteStream(temporary, { flags: 'wx', flush: true });
      await pipeline(content, target);
      await rename(temporary, file);
      await flushDirectory(path.dirname(file));
      return target.bytesWritten;
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async get(key: string, range: { start: number; end?: number } = { start: 0 }): Promise<Readable> {
    await this.size(key);
    return createReadStream(this.fileOf(key), range);
  }

  async size(key: string): Promise<number> {
    try {
      return (await stat(this.fileOf(key))).size;
    } catch (error) {
      if (isMissing(error)) throw new ObjectMissing(key);
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.fileOf(key), { force: true });
  }

  async *list(prefix: string): AsyncIterable<{ key: string; modifiedAt: Date }> {
    const directory = path.dirname(path.join(this.root, `${prefix}x`));
    let entries;
    try {
      entries = await opendir(directory, { recursive: true });
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    for await (const entry of entries) {
      if (!entry.isFile() || entry.name.endsWith(unfinished)) continue;
      const file = path.join(entry.parentPath, entry.name);
      const key = path.relative(this.root, file).split(path.sep).join('/');
      if (key.startsWith(prefix)) yield { key, modifiedAt: (await stat(file)).mtime };
    }
  }

  private fileOf(key: string): string {
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(key) || key.split('/').includes('..'))
      throw new Error(`Unfit object key ${key}`);
    return path.join(this.root, key);
  }
}

/** A rename is durable only when the directory is flushed too. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
