import { isJsonObject, type Json, type JsonObject } from '../../change/core/json';
import { decryptStream } from './age/age-stream';
import { type FileKey } from './age/age-work';
import { streamThroughWorker, type ThroughAge } from './age/stream-through-worker';
import { BackupError } from './backup-error';
import { ContentReader, type RowTaker } from './content/content-reader';
import { ProblemList } from './content/problem-list';
import { BatchGatherer, type BatchSize, defaultBatchSize, type RowBatch } from './content/row-batch';
import { CheckingTaker, type RowFaults, SkimmingTaker } from './content/row-takers';
import { type ContentWarning, WarningList } from './content/warning-list';
import { type BackupLimits, defaultLimits } from './limits';
import { type BackupHeader } from './lines/backup-header';
import { type BackupProof } from './lines/footer';
import { isHeader, readHeader } from './lines/read-header';
import { looksLike } from './looks-like';
import { lineBlocks } from './stream/line-blocks';
import { nestsDeeperThan } from './stream/nesting';
import { readAhead } from './stream/read-ahead';
import { unpackedText } from './stream/unpacked-text';

/** More than any header nests, of this version or a later one. */
const headerNesting = 32;

/** How far decrypting runs ahead of unpacking, and unpacking of reading, bytes. */
const decryptedAhead = 1024 * 1024;
const textAhead = 1024 * 1024;

export interface ReadingOptions {
  limits?: BackupLimits;
  /** Ordinary validation of each object; without it only the format is judged. */
  faults?: RowFaults;
  batch?: BatchSize;
  /** How bytes are decrypted; in a worker thread unless told otherwise. */
  throughAge?: ThroughAge;
}

/** A backup whose header was read. */
export interface OpenBackup {
  header: BackupHeader;
  /**
   * The rows in the order of the file, once only. Rows with problems are left out; the generator throws at its end when
   * there were any. Nothing it gave counts until it has ended without a throw: only then the footer was proved.
   *
   * @throws BackupError any but WRONG_PASSWORD
   */
  batches(): AsyncGenerator<RowBatch, BackupProof>;
  /** What is left out of the rows read so far. */
  warnings(): ContentWarning[];
  /** Ends reading early and frees everything. Needed only when `batches` is not read to its end. */
  close(): Promise<void>;
}

/**
 * Reads a whole backup file with its key. Memory does not grow with the number of config keys and applications.
 *
 * @throws BackupError any but WRONG_PASSWORD
 */
export async function openBackup(
  file: AsyncIterable<Uint8Array>,
  fileKey: FileKey,
  options: ReadingOptions = {},
): Promise<OpenBackup> {
  const { limits = defaultLimits, throughAge = streamThroughWorker } = options;
  return openText(decryptedText(file, fileKey, limits, throughAge), options);
}

/** Reads the text of a backup: what {@link openBackup} does once bytes are decrypted and unpacked. */
export async function openText(
  text: AsyncIterable<Uint8Array>,
  options: ReadingOptions = {},
): Promise<OpenBackup> {
  const { limits = defaultLimits } = options;
  const problems = new ProblemList();
  const warnings = new WarningList();
  const gatherer = new BatchGatherer(options.batch ?? defaultBatchSize);
  const { header, blocks } = await openLines(text, limits);
  const taker = new CheckingTaker(
    header,
    limits.rows,
    options.faults ?? noFaults,
    problems,
    warnings,
    gatherer,
  );
  return {
    header,
    warnings: () => warnings.all,
    close: async () => void (await blocks.return()),
    async *batches() {
      const reader = new ContentReader(header, taker, problems, limits);
      for await (const block of blocks) {
        reader.block(block);
        yield* gatherer.take();
      }
      return proven(reader, problems);
    },
  };
}

/**
 * Reads a whole backup without taking its rows apart: cipher, packing, order of lines and rows, counts, footer.
 *
 * @throws BackupError any but WRONG_PASSWORD
 */
export async function skimBackup(
  file: AsyncIterable<Uint8Array>,
  fileKey: FileKey,
  options: Pick<ReadingOptions, 'limits' | 'throughAge'> = {},
): Promise<{ header: BackupHeader; proof: BackupProof }> {
  const { limits = defaultLimits, throughAge = streamThroughWorker } = options;
  const problems = new ProblemList();
  const taker: RowTaker = new SkimmingTaker(problems);
  const { header, blocks } = await openLines(decryptedText(file, fileKey, limits, throughAge), limits);
  const reader = new ContentReader(header, taker, problems, limits);
  for await (const block of blocks) reader.block(block);
  return { header, proof: proven(reader, problems) };
}

/** Decrypts and unpacks while the lines before are read. */
function decryptedText(
  file: AsyncIterable<Uint8Array>,
  fileKey: FileKey,
  limits: BackupLimits,
  throughAge: ThroughAge,
): AsyncIterable<Uint8Array> {
  const decrypted = readAhead(decryptStream(file, fileKey, limits, throughAge), decryptedAhead);
  return readAhead(unpackedText(decrypted, limits), textAhead);
}

function proven(reader: ContentReader, problems: ProblemList): BackupProof {
  const proof = reader.end();
  problems.throwIfAny();
  return proof;
}

/** The header, and the blocks of lines after it. */
async function openLines(text: AsyncIterable<Uint8Array>, limits: BackupLimits) {
  const blocks = lineBlocks(expectJson(text), limits);
  try {
    const { done, value } = await blocks.next();
    if (done) throw otherContent(Buffer.alloc(0));
    const lineFeed = value.indexOf(0x0a);
    const end = lineFeed < 0 ? value.length : lineFeed;
    const header = readHeader(headerObject(value, end));
    return { header, blocks: startingWith(value.subarray(end + 1), blocks) };
  } catch (error) {
    await blocks.return();
    throw error;
  }
}

async function* startingWith(
  first: Buffer,
  blocks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  if (first.length > 0) yield first;
  yield* blocks;
}

/** Refuses what cannot be the text of a backup by its first bytes, however long its first line may be. */
async function* expectJson(text: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of text) {
    if (isFirst && chunk[0] !== 0x7b) throw otherContent(chunk);
    isFirst = false;
    yield chunk;
  }
}

function headerObject(block: Buffer, end: number): JsonObject {
  const line = block.toString('utf8', 0, end);
  const value = nestsDeeperThan(line, headerNesting) ? undefined : parsed(line);
  if (!isJsonObject(value) || !isHeader(value)) throw otherContent(block);
  return value;
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

function otherContent(start: Uint8Array): BackupError {
  return new BackupError('NOT_A_BACKUP', { looksLike: looksLike(start), decrypted: true });
}

function noFaults(): [] {
  return [];
}
