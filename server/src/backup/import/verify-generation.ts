import { type Database } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { sections } from '../format/rows/section';
import { readSection } from '../sections/read';
import { type GenerationProof, ProofSum } from './generation-proof';

/** Reads a generation back from the tables and adds up what it holds. */
export function proofOf(database: Database, generationId: string, sealer: Sealer): Promise<GenerationProof> {
  return database.read(async (db) => {
    const proof = new ProofSum();
    for (const section of sections) {
      for await (const rows of readSection(db, generationId, section, sealer)) {
        proof.add(
          section,
          rows.map(({ text }) => text),
        );
      }
    }
    return proof.finish();
  });
}

/** What the database gives back is not what was loaded. A fault of the database or of ours. */
export class GenerationDiffers extends Error {
  constructor() {
    super('What was loaded reads back differently. Nothing was changed.');
  }
}

export function mustEqual(loaded: GenerationProof, read: GenerationProof): void {
  const same = JSON.stringify(loaded.counts) === JSON.stringify(read.counts) && loaded.sha256 === read.sha256;
  if (!same) throw new GenerationDiffers();
}
