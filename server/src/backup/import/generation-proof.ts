import { createHash } from 'node:crypto';
import { noCounts, type Section, type SectionCounts } from '../format/rows/section';

/** What a generation holds: rows per section, and the hash of the texts of all rows in the order of the sections. */
export interface GenerationProof {
  counts: SectionCounts;
  /** Hexadecimal. */
  sha256: string;
}

/** Adds up a proof from the texts of rows. */
export class ProofSum {
  readonly counts = noCounts();
  private readonly hash = createHash('sha256');

  add(section: Section, texts: readonly string[]): void {
    this.counts[section] += texts.length;
    // Apart, as another string as long would have to be made of the two.
    this.hash.update(texts.join('\n')).update('\n');
  }

  finish(): GenerationProof {
    return { counts: this.counts, sha256: this.hash.digest('hex') };
  }
}
