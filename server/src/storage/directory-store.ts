import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type ByteRange,
  mustBeObjectKey,
  ObjectExists,
  ObjectMissing,
  type ObjectStore,
  ObjectStoreAway,
  type ReportStoreFault,
} from './object-store';
import { objectStream } from './object-stream';
import { PutSource } from './put-source';

const unfinished = '.part';
/** Bytes that are read at once: with Node's own 64 KiB, handing on the pieces of a large file takes longer than reading it. */
const pieceBytes = 256 * 1024;

/** Objects as files below one directory, for the embedded default. */
export class DirectoryStore implements ObjectStore {
  constructor(
    private readonly root: string,
    private readonly report: ReportStoreFault = () => undefined,
  ) {}

  /** Written under a temporary name, flushed to disk, then renamed: a crash leaves no half object. */
  async put(key: string, content: Readable): Promise<number> {
    const file = this.fileOf(key);
    const source = new PutSource(content);
    const temporary = `${file}.${randomBytes(6).toString('hex')}${unfinished}`;
    try {
      if (await fileSize(file)) throw new ObjectExists(key);
      const made = await mkdir(path.dirname(file), { recursive: true });
      await pipeline(source.stream(), createWriteStream(temporary, { flags: 'wx', flush: true }));
      await rename(temporary, file);
      await flushDirectories(path.dirname(file), path.dirname(made ?? file));
      return source.bytes;
    } catch (error) {
      source.close();
      await rm(temporary, { force: true }).catch(() => undefined);
      throw source.fault ? source.fault.error : this.faultOf(error);
    }
  }

  async get(key: string, { start, end }: ByteRange = { start: 0 }): Promise<Readable> {
    const file = this.fileOf(key);
    const handle = await this.attempt(() => openFile(file));
    if (!handle) throw await this.missing(key);
    const content = handle.createReadStream({ start, end, highWaterMark: pieceBytes });
    return objectStream(content, { faultOf: (error) => this.faultOf(error) });
  }

  async size(key: string): Promise<number> {
    const file = this.fileOf(key);
    const found = await this.attempt(() => fileSize(file));
    if (!found) throw await this.missing(key);
    return found.size;
  }

  async remove(key: string): Promise<void> {
    const file = this.fileOf(key);
    await this.attempt(() => rm(file, { force: true }));
  }

  async *list(prefix: string): AsyncIterable<{ key: string; modifiedAt: Date }> {
    const directory = path.dirname(path.join(this.root, `${prefix}x`));
    for (const file of await this.attempt(() => filesBelow(directory))) {
      const key = path.relative(this.root, file).split(path.sep).join('/');
      if (!key.startsWith(prefix) || key.endsWith(unfinished)) continue;
      const found = await this.attempt(() => fileSize(file));
      // Removed since the directory was read.
      if (found) yield { key, modifiedAt: found.modifiedAt };
    }
  }

  async removeUnfinished(before: Date): Promise<void> {
    for (const file of await this.attempt(() => filesBelow(this.root))) {
      if (!file.endsWith(unfinished)) continue;
      const found = await this.attempt(() => fileSize(file));
      if (found && found.modifiedAt < before) await this.attempt(() => rm(file, { force: true }));
    }
  }

  /** A volume that is not mounted has lost nothing. */
  private async missing(key: string): Promise<Error> {
    if (await this.attempt(() => fileSize(this.root))) return new ObjectMissing(key);
    const cause = new Error(`There is no directory ${this.root}`);
    this.report(cause);
    return new ObjectStoreAway(cause);
  }

  private fileOf(key: string): string {
    mustBeObjectKey(key);
    return path.join(this.root, key);
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.faultOf(error);
    }
  }

  /** What the system refuses, such as a full disk, is the store being away; anything else stays what it is. */
  private faultOf(error: unknown): unknown {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') return error;
    this.report(error);
    return new ObjectStoreAway(error);
  }
}

/** Nothing where there is no such file. */
async function fileSize(file: string): Promise<{ size: number; modifiedAt: Date } | undefined> {
  try {
    const { size, mtime } = await stat(file);
    return { size, modifiedAt: mtime };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Nothing where there is no such file. */
async function openFile(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Level by level: Node's own recursive reading leaves out what is below the 32nd entry of a directory. */
async function filesBelow(directory: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const place = path.join(directory, entry.name);
      if (entry.isDirectory()) files.push(...(await filesBelow(place)));
      else if (entry.isFile()) files.push(place);
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return files;
}

/** A new name is durable only when its directory is flushed too: from the innermost one outwards. */
async function flushDirectories(innermost: string, outermost: string): Promise<void> {
  const handle = await open(innermost, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (innermost !== outermost) await flushDirectories(path.dirname(innermost), outermost);
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
