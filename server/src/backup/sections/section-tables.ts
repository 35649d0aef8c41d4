import { type Sealer } from '../../storage/sealer';
import { type SqlValue } from '../../storage/database';
import { type Rows, type Section } from '../format/rows/section';

/** Rows of a table of their own that belong to the rows of a section. */
export interface SectionChild {
  table: string;
  /** Holds the id of the row of the section. */
  owner: string;
  /** Read and written, the owner first. */
  columns: readonly string[];
  orderBy: string;
}

/** A row of a section on its way into the tables: without the generation's id, secrets sealed. */
export interface TableRows {
  row: SqlValue[];
  children: SqlValue[][];
}

/**
 * How the rows of one section of a backup stand in tables, and how they read as text. The text is the JSON object of a
 * row with its fields in the format's order; equal rows have equal texts, wherever they come from.
 */
export interface SectionTables<S extends Section = Section> {
  section: S;
  table: string;
  /** Read for the text, `id` first. */
  readColumns: readonly string[];
  /** Filled when loading, in the order of `TableRows.row`. */
  loadColumns: readonly string[];
  child?: SectionChild;
  /** The text of a row as it was read, put together without parsing the JSON columns; secrets come out in clear. */
  textOfColumns(
    columns: readonly unknown[],
    children: readonly (readonly unknown[])[],
    sealer: Sealer,
  ): string;
  /** The same text made from a logical row. */
  textOfRow(row: Rows[S]): string;
  tableRows(row: Rows[S], sealer: Sealer): TableRows;
}
