import { type Rows, type Section } from '../format/rows/section';
import { sectionTables } from '.';
import { type ReadRow } from './read';

/** Logical rows in the form in which rows are read from the tables. */
export function textRows<S extends Section>(section: S, rows: readonly Rows[S][]): ReadRow[] {
  const tables = sectionTables[section];
  return rows.map((row) => ({ id: 'key' in row ? row.key : row.id, text: tables.textOfRow(row) }));
}
