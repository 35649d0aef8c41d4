import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { ObjectMissing, type ObjectStore } from '../../storage/object-store';
import { type Sealer } from '../../storage/sealer';
import { FileDamaged, FileTooNew } from './file-errors';
import { NewerVersion, Unreadable } from './file-refusals';
import { decodeFile, encodeFile } from './safe-mode-file.codec';
import { type SafeModeFile } from './safe-mode-file';

/** Which object holds a file, and what it has to be. */
export interface FilePointer {
  objectKey: string;
  /** SHA-256 of the content, hex. */
  sha256: string;
  bytes: number;
}

/** Bytes of files whose content is kept in memory; as objects they take some times as much. */
const keptBytes = 32 * 1024 * 1024;
/** Files whose content is kept, however small: of those that were replaced nobody asks any more. */
const keptFiles = 1_000;

/** The files of safe modes on the object store: written once each, checked at every reading. */
export class SafeModeFileStore {
  /** What files that were written or read here hold, by key: a file is never changed. */
  private readonly contents = new LRUCache<string, SafeModeFile>({ maxSize: keptBytes, max: keptFiles });

  constructor(
    private readonly objects: ObjectStore,
    private readonly sealer: Sealer,
  ) {}

  /** A key never used before. */
  newKey({ unitId, safeModeId, revision }: Pick<SafeModeFile, 'unitId' | 'safeModeId' | 'revision'>): string {
    return `safe-modes/${unitId}/${safeModeId}/${revision}-${randomBytes(8).toString('hex')}.json`;
  }

  /** The file as it is stored, secrets encrypted, and what its pointer has to say of it. */
  encode(file: SafeModeFile): { content: Buffer; sha256: string; bytes: number } {
    const content = encodeFile(file, this.sealer);
    return { content, sha256: sha256Of(content), bytes: content.length };
  }

  /** Durable once resolved. */
  async put(objectKey: string, content: Buffer): Promise<void> {
    await this.objects.put(objectKey, Readable.from([content]));
  }

  /**
   * The file that the pointer means, read afresh. Throws `Unreadable` when it is gone or not as it was written,
   * `NewerVersion` when this version does not know its format. A store that cannot be reached throws as it does.
   *
   * @param expected what the file must say of itself, so that none stands in the place of another
   */
  async read(
    pointer: FilePointer,
    expected: Pick<SafeModeFile, 'safeModeId' | 'revision'>,
  ): Promise<SafeModeFile> {
    try {
      const content = await this.content(pointer);
      const file = this.contents.get(pointer.objectKey) ?? decodeFile(content, this.sealer);
      mustBe(expected, file);
      this.keep(pointer, file);
      return file;
    } catch (error) {
      const fault = faultOf(error);
      // What the store does not hold any more is not recalled either; a store that is away says nothing of it.
      if (fault) this.contents.delete(pointer.objectKey);
      throw fault ?? error;
    }
  }

  /**
   * How many secrets of the file are sealed under another key than the present one. Throws `Unreadable` when it is gone
   * or not as it was written.
   */
  async countForeignSecrets(pointer: FilePointer): Promise<number> {
    try {
      const content = await this.content(pointer);
      return this.sealer.reseal(content.toString('utf8')).resealed;
    } catch (error) {
      throw faultOf(error) ?? error;
    }
  }

  /** As `read`, from memory where it is there: for what must be quick and may be answered without the store. */
  async recall(
    pointer: FilePointer,
    expected: Pick<SafeModeFile, 'safeModeId' | 'revision'>,
  ): Promise<SafeModeFile> {
    return this.contents.get(pointer.objectKey) ?? this.read(pointer, expected);
  }

  /** Remembers what a file holds that was just stored. */
  keep({ objectKey, bytes }: Omit<FilePointer, 'sha256'>, file: SafeModeFile): void {
    this.contents.set(objectKey, file, { size: bytes });
  }

  private async content({ objectKey, sha256, bytes }: FilePointer): Promise<Buffer> {
    const found = await upTo(bytes, await this.objects.get(objectKey));
    if (found.content.length !== bytes || found.sha256 !== sha256)
      throw new FileDamaged('is not the one that was written');
    return found.content;
  }
}

/** What is wrong with the file itself. */
function faultOf(error: unknown): Unreadable | NewerVersion | undefined {
  if (error instanceof ObjectMissing) return new Unreadable('GONE', error);
  if (error instanceof FileDamaged) return new Unreadable('DAMAGED', error);
  if (error instanceof FileTooNew) return new NewerVersion(error.found, error.known);
  return undefined;
}

/** The whole stream when it is no longer than that; else it is ended there, one byte too many at most. */
async function upTo(bytes: number, stream: Readable): Promise<{ content: Buffer; sha256: string }> {
  const chunks: Uint8Array[] = [];
  const hash = createHash('sha256');
  let room = bytes + 1;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    const wanted = chunk.subarray(0, room);
    chunks.push(wanted);
    hash.update(wanted);
    room -= chunk.byteLength;
    if (room <= 0) break;
  }
  return { content: Buffer.concat(chunks), sha256: hash.digest('hex') };
}

function mustBe(expected: Pick<SafeModeFile, 'safeModeId' | 'revision'>, file: SafeModeFile): void {
  if (file.safeModeId !== expected.safeModeId || file.revision !== expected.revision)
    throw new FileDamaged('is that of another safe mode or revision');
}

function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
