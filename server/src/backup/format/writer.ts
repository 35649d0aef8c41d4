import { encryptStream } from './age/age-stream';
import { type BackupFacts, headerLine, headerOf } from './lines/backup-header';
import { type BackupProof, footerLine, RunningProof } from './lines/footer';
import { type Section, sections } from './rows/section';
import { gzipMember } from './stream/gzip';
import { readAhead } from './stream/read-ahead';

/** Some rows of one section as ready text: whole lines, each made as rows/row-line.ts says. */
export interface LineBatch {
  text: string;
  rows: number;
}

/** The rows of a backup per section, ascending by id (config keys: by key) in the order of their UTF-8 bytes. */
export type BackupSource = { [S in Section]: AsyncIterable<LineBatch> };

/** What the header says; a function is called when the first bytes are wanted, before the source is read. */
export type FactsToWrite = BackupFacts | (() => Promise<BackupFacts>);

/** Text that is made while earlier text is packed, bytes. */
const textAhead = 2 * 1024 * 1024;

export interface WritingEvents {
  /** After each batch: rows written so far. */
  onRows?: (rows: number) => void;
  /** Once, when the last line is written. */
  onProof?: (proof: BackupProof) => void;
}

export interface WritingOptions extends WritingEvents {
  password: string;
  /** Binary logarithm of the scrypt cost, 18 for real files. */
  workFactor: number;
}

/**
 * Writes a backup: lines, packed, encrypted. Gives the bytes of the file as its taker asks for them; memory does not
 * grow with the number of rows.
 *
 * @throws DerivationBusy before anything is read from the source; errors of the source as they are
 */
export function writeBackup(
  facts: FactsToWrite,
  source: BackupSource,
  { password, workFactor, ...events }: WritingOptions,
): AsyncGenerator<Uint8Array> {
  const text = readAhead(backupText(facts, source, events), textAhead);
  return encryptStream(gzipMember(text), password, workFactor);
}

/**
 * The text of a backup, before packing.
 *
 * @throws Error when the source has other row counts than the facts say
 */
export async function* backupText(
  facts: FactsToWrite,
  source: BackupSource,
  events: WritingEvents = {},
): AsyncGenerator<Uint8Array> {
  const written = typeof facts === 'function' ? await facts() : facts;
  yield Buffer.from(headerLine(headerOf(written)));
  const proof = new RunningProof();
  const proved = (text: string) => {
    const bytes = Buffer.from(text);
    proof.add(bytes);
    return bytes;
  };

  for (const name of sections) {
    yield proved(JSON.stringify({ t: 'section', name }) + '\n');
    for await (const batch of source[name]) {
      proof.counts[name] += batch.rows;
      yield proved(batch.text);
      events.onRows?.(proof.rows);
    }
    expectCount(name, proof.counts[name], written.counts[name]);
    yield proved(JSON.stringify({ t: 'sectionEnd', name, rows: proof.counts[name] }) + '\n');
  }

  const proven = proof.finish();
  yield Buffer.from(footerLine(proven));
  events.onProof?.(proven);
}

function expectCount(name: Section, written: number, announced: number): void {
  if (written !== announced)
    throw new Error(`The source has ${written} ${name}, its header counts ${announced}.`);
}
