import { BackupError } from '../backup-error';
import { paddedResidue, paddingUnit } from '../stream/padding';
import { readAhead } from '../stream/read-ahead';
import { type BackupLimits } from '../limits';
import { encryptionForm, openingForms } from '../password';
import {
  type AgeHeader,
  inspectAgeHeader,
  isPossiblePayload,
  sealedPieceBytes,
  unsealedBytes,
} from './age-header';
import { type FileKey, type Opening } from './age-work';
import { derivations } from './derivation-queue';
import { CipherRefused, streamThroughWorker, type ThroughAge } from './stream-through-worker';
import { WorkerThread } from './worker-thread';

/** How much of a source is read while its key is derived, bytes: more would only lie in memory. */
const readWhileDeriving = 8 * 1024 * 1024;

/**
 * Encrypts a stream of bytes with a password, in a worker thread. The key is derived when the first bytes are asked for
 * (about a second at work factor 18), and again never.
 *
 * @throws DerivationBusy before anything is read from the source
 */
export async function* encryptStream(
  source: AsyncIterable<Uint8Array>,
  password: string,
  workFactor: number,
): AsyncGenerator<Uint8Array> {
  const derivationIsOver = await derivations.turn();
  try {
    for await (const bytes of streamThroughWorker(
      { kind: 'encrypt', password: encryptionForm(password), workFactor },
      readAhead(source, readWhileDeriving),
    )) {
      derivationIsOver();
      yield bytes;
    }
  } finally {
    derivationIsOver();
  }
}

/**
 * Derives the key of a backup from its inspected header, in a worker thread: the NFC form of the password first, then
 * the raw one.
 *
 * @throws BackupError WRONG_PASSWORD, or DAMAGED when the password is right but the header was changed
 * @throws DerivationBusy
 */
export async function openHeader(header: AgeHeader, password: string): Promise<FileKey> {
  const opening = await deriveInWorker(header, openingForms(password));
  if (opening.outcome === 'opened') return opening.fileKey;
  if (opening.outcome === 'headerChanged') throw new BackupError('DAMAGED', { part: 'payload' });
  throw new BackupError('WRONG_PASSWORD', {});
}

/**
 * Decrypts the whole file, header included, with its key, in a worker thread. Only bytes that passed the check of the
 * cipher come out.
 *
 * @throws BackupError EMPTY_FILE, NOT_A_BACKUP, KDF_TOO_COSTLY, TOO_LARGE by the header; DAMAGED or TRUNCATED
 */
export async function* decryptStream(
  file: AsyncIterable<Uint8Array>,
  fileKey: FileKey,
  limits: BackupLimits,
  throughAge: ThroughAge = streamThroughWorker,
): AsyncGenerator<Uint8Array> {
  const input = new CountedFile(file, limits);
  let unsealed = 0;
  try {
    for await (const bytes of throughAge({ kind: 'decrypt', fileKey }, input.bytes())) {
      unsealed += bytes.byteLength;
      yield bytes;
    }
  } catch (error) {
    throw error instanceof CipherRefused ? refusal(input.payloadBytes, unsealed) : error;
  }
}

async function deriveInWorker(header: AgeHeader, forms: string[]): Promise<Opening> {
  if (forms.length === 0) return { outcome: 'wrongPassword' };
  const derivationIsOver = await derivations.turn();
  const worker = new WorkerThread({ kind: 'open', header: header.bytes, forms });
  try {
    const message = await worker.next();
    if (message.type === 'opening') return message.opening;
    throw new Error(
      message.type === 'failed' ? message.message : `The age worker sent ${message.type} out of turn.`,
    );
  } finally {
    await worker.stop();
    derivationIsOver();
  }
}

/**
 * Why the cipher refused. With more than the refused piece there, bytes were changed. A refused last piece may be
 * changed or cut; the length tells, because exports are padded to lengths that a cut rarely hits.
 */
function refusal(payloadBytes: number, unsealed: number): BackupError {
  const refusedPiece = Math.floor(unsealed / (64 * 1024)) + 1;
  const hasMore = payloadBytes - 16 > refusedPiece * sealedPieceBytes;
  const hasExportedLength =
    isPossiblePayload(payloadBytes) && unsealedBytes(payloadBytes) % paddingUnit === paddedResidue;
  return hasMore || hasExportedLength
    ? new BackupError('DAMAGED', { part: 'payload' })
    : new BackupError('TRUNCATED', {});
}

/** Passes a file on, inspecting its header first and counting what follows it. */
class CountedFile {
  private fileBytes = 0;
  private headerBytes = 0;

  constructor(
    private readonly file: AsyncIterable<Uint8Array>,
    private readonly limits: BackupLimits,
  ) {}

  get payloadBytes(): number {
    return this.fileBytes - this.headerBytes;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    let start: Buffer | undefined = Buffer.alloc(0);
    for await (const chunk of this.file) {
      this.fileBytes += chunk.byteLength;
      if (!start) yield chunk;
      else {
        start = Buffer.concat([start, chunk]);
        if (start.length < this.limits.ageHeaderBytes) continue;
        yield this.inspected(start);
        start = undefined;
      }
    }
    if (start) yield this.inspected(start, start.length);
  }

  private inspected(start: Buffer, fileBytes?: number): Buffer {
    this.headerBytes = inspectAgeHeader(start, fileBytes, this.limits).bytes.length;
    return start;
  }
}
