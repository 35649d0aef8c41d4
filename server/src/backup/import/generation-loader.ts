import { setImmediate as turn } from 'node:timers/promises';
import { type Database, type SqlValue } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { type Rows, type Section } from '../format/rows/section';
import { compareUtf8 } from '../format/rows/utf8-order';
import { sectionTables } from '../sections';
import { type SectionTables } from '../sections/section-tables';
import { type GenerationProof, ProofSum } from './generation-proof';
import { type InsertStatement, RowBatch } from './row-batch';

/** What one transaction takes at most before it is written: its statements wait for the disk together. */
const most = { statements: 16, bytes: 1024 * 1024 };

/** After so many rows the event loop has a turn: what is being written waits for answers that come with it. */
const rowsInATurn = 100;

/**
 * Fills a generation that nobody sees yet with rows, in small transactions. Sections come in the order of the format;
 * while one batch is written, the next one is prepared.
 */
export class GenerationLoader {
  private readonly proof = new ProofSum();
  private loading: LoadingSection | undefined;
  private due: InsertStatement[] = [];
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly generationId: string,
  ) {}

  /** Takes rows over; returns when there is room for more. */
  async add<S extends Section>(section: S, rows: readonly Rows[S][]): Promise<void> {
    if (this.loading?.tables.section !== section) await this.begin(section);
    const { tables } = this.loading!;
    const texts: string[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % rowsInATurn === 0) await turn();
      const text = tables.textOfRow(row);
      texts.push(text);
      for (const statement of this.loading!.add(row, text, this.sealer)) await this.write(statement);
    }
    if (texts.length > 0) this.proof.add(section, texts);
  }

  /** Writes what is left. */
  async finish(): Promise<GenerationProof> {
    await this.end();
    await this.flush();
    await this.writing;
    return this.proof.finish();
  }

  /** Resolves when nothing is being written any more, however it ended. */
  async settled(): Promise<void> {
    await this.writing.catch(() => undefined);
  }

  private async begin(section: Section): Promise<void> {
    await this.end();
    this.loading = new LoadingSection(sectionTables[section], this.generationId);
  }

  private async end(): Promise<void> {
    for (const statement of this.loading?.rest() ?? []) await this.write(statement);
    this.loading = undefined;
  }

  private async write(statement: InsertStatement): Promise<void> {
    this.due.push(statement);
    const bytes = this.due.reduce((sum, statement) => sum + statement.bytes, 0);
    if (this.due.length >= most.statements || bytes >= most.bytes) await this.flush();
  }

  private async flush(): Promise<void> {
    await this.writing;
    if (this.due.length === 0) return;
    const statements = this.due;
    this.due = [];
    this.writing = this.database.transaction(async (db) => {
      for (const { sql, parameters, isFull } of statements) await db.run(sql, parameters, isFull);
    });
    // A failure shows at the next write or at the end.
    this.writing.catch(() => undefined);
  }
}

/** The batches of one section and of its child table. */
class LoadingSection {
  private readonly rows: RowBatch;
  private readonly children: RowBatch | undefined;
  /** Rows that refer to rows which come later. */
  private readonly held: { row: SqlValue[]; bytes: number }[] = [];

  constructor(
    readonly tables: SectionTables,
    generationId: string,
  ) {
    this.rows = new RowBatch(generationId, tables.table, tables.loadColumns);
    this.children = tables.child && new RowBatch(generationId, tables.child.table, tables.child.columns);
  }

  /** The statements that are due once this row is added. */
  add(row: Rows[Section], text: string, sealer: Sealer): InsertStatement[] {
    const { row: columns, children } = this.tables.tableRows(row, sealer);
    this.rows.add(columns, Buffer.byteLength(text));
    for (const child of children) {
      const bytes = child.reduce<number>((sum, value) => sum + String(value).length, 0);
      if (this.refersAhead(child)) this.held.push({ row: child, bytes });
      else this.children!.add(child, bytes);
    }
    return this.rows.isFull || this.children?.isFull ? this.due() : [];
  }

  rest(): InsertStatement[] {
    const statements = this.due();
    for (const { row, bytes } of this.held.splice(0)) {
      this.children!.add(row, bytes);
      if (this.children!.isFull) statements.push(...this.due());
    }
    return [...statements, ...this.due()];
  }

  /** Rows before the children that belong to them. */
  private due(): InsertStatement[] {
    return [this.rows.take(), this.children?.take()].filter((statement) => statement !== undefined);
  }

  private refersAhead(child: readonly unknown[]): boolean {
    if (this.tables.section !== 'plugins') return false;
    const [pluginId, , targetPluginId] = child as string[];
    return compareUtf8(targetPluginId!, pluginId!) > 0;
  }
}
