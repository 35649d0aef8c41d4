import { createHash } from 'node:crypto';
import { inspectAgeHeader } from './age/age-header';
import { type BackupLimits } from './limits';

/** What is kept of an own export, to recognise it when it comes back cut or damaged. */
export interface RegisterFacts {
  /** Bytes of the whole encrypted file. */
  fileBytes: number;
  /** SHA-256 of the whole encrypted file, lower-case hexadecimal. */
  sha256: string;
  /** SHA-256 of its age header, lower-case hexadecimal. */
  headerSha256: string;
}

/** The hash of an inspected age header, as the register keeps it. */
export function headerHash(header: Uint8Array): string {
  return createHash('sha256').update(header).digest('hex');
}

/** Passes the bytes of an export on and works out what the register keeps. */
export class RegisterPass {
  private readonly hash = createHash('sha256');
  private fileBytes = 0;
  private start = Buffer.alloc(0);

  constructor(private readonly limits: BackupLimits) {}

  async *through(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of file) {
      this.hash.update(chunk);
      this.fileBytes += chunk.byteLength;
      if (this.start.length < this.limits.ageHeaderBytes) this.start = Buffer.concat([this.start, chunk]);
      yield chunk;
    }
  }

  /** The age header, as soon as the bytes that hold it have passed. */
  header(): ReturnType<typeof inspectAgeHeader> {
    return inspectAgeHeader(this.start, undefined, this.limits);
  }

  /** Call once, after all bytes have passed. */
  facts(): RegisterFacts {
    return {
      fileBytes: this.fileBytes,
      sha256: this.hash.digest('hex'),
      headerSha256: headerHash(this.header().bytes),
    };
  }
}
