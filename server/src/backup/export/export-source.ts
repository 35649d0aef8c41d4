import { type Db } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { rowLineEnd, rowLineStart } from '../format/rows/row-line';
import { type Section, sections } from '../format/rows/section';
import { type BackupSource, type LineBatch } from '../format/writer';
import { readSection } from '../sections/read';

/** The rows of a generation as lines of a backup. `onRows` is awaited after each batch with the rows so far. */
export function exportSource(
  db: Db,
  generationId: string,
  sealer: Sealer,
  onRows: (rows: number) => Promise<void>,
): BackupSource {
  let total = 0;
  async function* lines(section: Section): AsyncGenerator<LineBatch> {
    for await (const rows of readSection(db, generationId, section, sealer)) {
      const text = rows.map((row) => rowLineStart + row.text + rowLineEnd).join('');
      total += rows.length;
      await onRows(total);
      yield { text, rows: rows.length };
    }
  }
  return Object.fromEntries(sections.map((section) => [section, lines(section)])) as unknown as BackupSource;
}
