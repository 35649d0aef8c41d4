import { BackupError } from '../backup-error';
import { type BackupLimits } from '../limits';

const lineFeed = 0x0a;

/**
 * Cuts a stream into blocks of whole lines. Only the last block may lack its line feed.
 *
 * @throws BackupError TOO_LARGE for a line beyond the limit, before it is held in full
 */
export async function* lineBlocks(
  source: AsyncIterable<Uint8Array>,
  limits: BackupLimits,
): AsyncGenerator<Buffer, void, undefined> {
  const open = new OpenLine(limits.lineBytes);
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const first = bytes.indexOf(lineFeed);
    if (first < 0) open.add(bytes);
    else {
      open.add(bytes.subarray(0, first));
      const end = bytes.lastIndexOf(lineFeed) + 1;
      yield open.closeWith(bytes.subarray(first, end));
      open.add(bytes.subarray(end));
    }
  }
  const rest = open.closeWith(Buffer.alloc(0));
  if (rest.length > 0) yield rest;
}

/** The beginning of a line whose end has not come yet. */
class OpenLine {
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly most: number) {}

  add(piece: Buffer): void {
    this.bytes += piece.length;
    if (this.bytes > this.most)
      throw new BackupError('TOO_LARGE', { limit: 'lineBytes', found: this.bytes, maximum: this.most });
    this.pieces.push(piece);
  }

  closeWith(rest: Buffer): Buffer {
    const whole = this.pieces.length > 1 ? Buffer.concat([...this.pieces, rest]) : this.joined(rest);
    this.pieces = [];
    this.bytes = 0;
    return whole;
  }

  private joined(rest: Buffer): Buffer {
    const [only] = this.pieces;
    if (!only || only.length === 0) return rest;
    // Pieces of one chunk lie side by side: no copy is needed.
    const areNeighbours = only.buffer === rest.buffer && only.byteOffset + only.length === rest.byteOffset;
    return areNeighbours
      ? Buffer.from(only.buffer, only.byteOffset, only.length + rest.length)
      : Buffer.concat([only, rest]);
  }
}
