import { createHash } from 'node:crypto';
import { batchesOf } from '../bulk-rows';
import { type SqlValue } from '../database';
import { type EmbeddedSource, type MovedTable } from './embedded-source';
import { type EmptyTarget } from './empty-target';
import { RefusedMove } from './refused-move';

/** Rows that are read before they are written in batches. */
const readAtOnce = 500;

/** How many rows a table has, and what is in them. */
export interface TableProof {
  rows: number;
  sha256: string;
}

/**
 * Copies every row, then reads both databases from the beginning to the end and compares them. Throws `RefusedMove` where
 * they differ; then, and where it breaks off, the target is empty again.
 *
 * @param tell told of every table that is finished
 */
export async function moveTables(
  source: EmbeddedSource,
  target: EmptyTarget,
  tell: (table: string, proof: TableProof) => void,
): Promise<void> {
  try {
    await target.clearNotes();
    for (const table of source.tables) {
      for (const rows of piecesOf(source.rows(table))) {
        for (const batch of batchesOf(rows)) await target.insert(table, batch);
      }
    }
    for (const table of source.tables) {
      const [expected, found] = [
        await proofOf(table, source.rows(table)),
        await proofOf(table, target.rows(table)),
      ];
      if (expected.rows !== found.rows || expected.sha256 !== found.sha256) {
        throw new RefusedMove(
          `The table ${table.name} is not the same on both sides: ${expected.rows} and ${found.rows} rows.`,
        );
      }
      tell(table.name, found);
    }
  } catch (error) {
    await target.clear().catch(() => {
      throw new RefusedMove(
        `It was not finished (${(error as Error).message}), and the tables could not be taken out again: drop and make the database before the next try.`,
      );
    });
    throw error;
  }
}

/** Values as both databases have them: SQLite's times and truths are those of MySQL already. */
function* piecesOf(rows: Iterable<unknown[]>): Iterable<SqlValue[][]> {
  let piece: SqlValue[][] = [];
  for (const row of rows) {
    piece.push(row as SqlValue[]);
    if (piece.length < readAtOnce) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

async function proofOf(
  { columns, fractions }: MovedTable,
  rows: Iterable<unknown[]> | AsyncIterable<unknown[]>,
): Promise<TableProof> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const row of rows) {
    const texts = row.map((value, index) => textOf(value, fractions.has(columns[index]!)));
    hash.update(`${JSON.stringify(texts)}\n`);
    count++;
  }
  return { rows: count, sha256: hash.digest('hex') };
}

/** Numbers of one database are texts of the other. */
const textOf = (value: unknown, fraction: boolean): string | null =>
  value === null ? null : String(fraction ? Number(value) : (value as string | bigint));
