import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type JsonObject } from '../../../change/core/json';
import { BackupError } from '../backup-error';
import { noCounts, type SectionCounts, sections } from '../rows/section';

/** What the footer proves: that everything after the header line and before the footer is there and unchanged. */
export interface BackupProof {
  rows: number;
  counts: SectionCounts;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** Adds up, while a backup is written or read, what its footer says. */
export class RunningProof {
  private readonly hash = createHash('sha256');
  private bytes = 0;
  readonly counts = noCounts();

  add(bytes: Uint8Array): void {
    this.hash.update(bytes);
    this.bytes += bytes.byteLength;
  }

  get rows(): number {
    return sections.reduce((sum, name) => sum + this.counts[name], 0);
  }

  /** Once only: the hash is finished by it. */
  finish(): BackupProof {
    return { rows: this.rows, counts: this.counts, bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}

export function footerLine(proof: BackupProof): string {
  const { rows, counts, bytes, sha256 } = proof;
  return JSON.stringify({ t: 'footer', rows, counts, bytes, sha256 }) + '\n';
}

const shape = z.object({
  rows: z.number(),
  counts: z.record(z.string(), z.number()),
  bytes: z.number(),
  sha256: z.string(),
});

/** @throws BackupError INCOMPLETE_BACKUP when the footer does not say what was found */
export function expectProof(line: JsonObject, found: BackupProof): void {
  const footer = shape.safeParse(line);
  if (!footer.success) throw incomplete('its last line is not a whole footer');
  const { rows, counts, bytes, sha256 } = footer.data;
  const differing = sections.find((name) => counts[name] !== found.counts[name]);
  if (differing)
    throw incomplete(
      `its footer counts ${counts[differing] ?? 'no'} ${differing}, ${found.counts[differing]} are there`,
    );
  if (rows !== found.rows) throw incomplete(`its footer counts ${rows} rows, ${found.rows} are there`);
  if (bytes !== found.bytes) throw incomplete(`its footer counts ${bytes} bytes, ${found.bytes} are there`);
  if (sha256 !== found.sha256) throw incomplete('the hash in its footer belongs to another text');
}

export function incomplete(missing: string): BackupError {
  return new BackupError('INCOMPLETE_BACKUP', { missing });
}
