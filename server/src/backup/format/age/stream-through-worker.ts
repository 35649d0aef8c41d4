import { type StreamWork } from './age-work';
import { inputPieceBytes } from './messages';
import { WorkerThread } from './worker-thread';

/** The age library refused the bytes: they are not what was encrypted. */
export class CipherRefused extends Error {
  override readonly name = 'CipherRefused';
}

/** Puts bytes through the age library. Ending the returned generator early frees everything. */
export type ThroughAge = (work: StreamWork, source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;

/**
 * Puts bytes through the age library in a worker thread of their own, which is gone afterwards. At most a dozen pieces
 * of 64 KiB are under way: a slow taker slows the source.
 *
 * @throws CipherRefused when decrypting meets bytes that were changed or cut; errors of the source as they are
 */
export const streamThroughWorker: ThroughAge = async function* (work, source) {
  const worker = new WorkerThread(work);
  const pieces = piecesOf(source);
  try {
    for (;;) {
      const message = await worker.next();
      if (message.type === 'wanted') void feed(worker, pieces);
      else if (message.type === 'data') {
        yield message.bytes;
        worker.send({ type: 'taken' });
      } else if (message.type === 'end') return;
      else throw failure(message);
    }
  } finally {
    await worker.stop();
    // Not awaited: a source that waits for its own input would keep us waiting with it.
    void pieces.return(undefined).catch(() => undefined);
  }
};

async function feed(
  worker: WorkerThread,
  pieces: AsyncIterator<Uint8Array<ArrayBuffer>, void>,
): Promise<void> {
  try {
    const piece = await pieces.next();
    worker.send(piece.done ? { type: 'end' } : { type: 'piece', bytes: piece.value });
  } catch (error) {
    worker.fail(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Copies of the source's bytes that can be handed over to another thread. */
async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for await (const chunk of source)
    for (let start = 0; start < chunk.byteLength; start += inputPieceBytes)
      yield new Uint8Array(chunk.subarray(start, start + inputPieceBytes));
}

function failure(message: { type: string; cause?: string; message?: string }): Error {
  if (message.type !== 'failed') return new Error(`The age worker sent ${message.type} out of turn.`);
  return message.cause === 'cipher' ? new CipherRefused(message.message) : new Error(message.message);
}
