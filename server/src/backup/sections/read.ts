import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Db } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { noCounts, type Section, type SectionCounts, sections } from '../format/rows/section';
import { sectionTables } from '.';
import { type SectionTables } from './section-tables';

/** A row as read: its id (the key, of a config key) and its text (see `Section`). */
export interface ReadRow {
  id: string;
  text: string;
}

/** Rows of one page. On SQLite smaller pages are faster. */
export const pageSize = (db: Db): number => (db.dialect === 'sqlite' ? 500 : 1000);

/** The statements that read a section page by page along the primary key. */
export function pageStatements(section: Section): { rows: string; children?: string } {
  const { readColumns, table, child } = sectionTables[section];
  return {
    rows: `SELECT ${readColumns.join(', ')} FROM ${table} WHERE generation_id = ? AND id > ? ORDER BY id LIMIT ?`,
    children:
      child &&
      `SELECT ${child.columns.join(', ')} FROM ${child.table} WHERE generation_id = ? AND ${child.owner} >= ? AND ${child.owner} <= ? ORDER BY ${child.owner}, ${child.orderBy}`,
  };
}

/** All rows of a section of one generation, in pages, ordered by id; the next page is fetched while one is used. */
export async function* readSection(
  db: Db,
  generationId: string,
  section: Section,
  sealer: Sealer,
): AsyncGenerator<ReadRow[]> {
  const size = pageSize(db);
  const fetch = (after: string) => fetchPage(db, generationId, section, after, size);
  let next: Promise<Page> | undefined = fetch('');
  try {
    while (next) {
      const page: Page = await next;
      next = page.rows.length < size ? undefined : fetch(page.rows.at(-1)![0] as string);
      // Until it is awaited in the next round, nobody else handles its failure.
      next?.catch(() => undefined);
      if (page.rows.length > 0) yield textsOf(page, sectionTables[section], sealer);
      // The embedded database answers at once: without this, others would wait for the whole section.
      await nextTurn();
    }
  } finally {
    // The connection must be at rest before the caller ends the snapshot.
    await next?.catch(() => undefined);
  }
}

/** How many rows each section of a generation has. */
export async function countSections(db: Db, generationId: string): Promise<SectionCounts> {
  const counts = noCounts();
  for (const section of sections) {
    const { table } = sectionTables[section];
    const [[count] = []] = await db.rows(`SELECT COUNT(*) FROM ${table} WHERE generation_id = ?`, [
      generationId,
    ]);
    counts[section] = Number(count);
  }
  return counts;
}

interface Page {
  rows: unknown[][];
  children: Map<string, unknown[][]>;
}

async function fetchPage(
  db: Db,
  generationId: string,
  section: Section,
  after: string,
  size: number,
): Promise<Page> {
  const statements = pageStatements(section);
  const rows = await db.rows(statements.rows, [generationId, after, size]);
  const children = new Map<string, unknown[][]>();
  if (statements.children && rows.length > 0) {
    const range = [rows[0]![0] as string, rows.at(-1)![0] as string];
    for (const child of await db.rows(statements.children, [generationId, ...range])) {
      const owner = child[0] as string;
      const others = children.get(owner);
      if (others) others.push(child);
      else children.set(owner, [child]);
    }
  }
  return { rows, children };
}

function textsOf({ rows, children }: Page, tables: SectionTables, sealer: Sealer): ReadRow[] {
  return rows.map((row) => {
    const id = row[0] as string;
    return { id, text: tables.textOfColumns(row, children.get(id) ?? [], sealer) };
  });
}
