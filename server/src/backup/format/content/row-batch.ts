import { type Rows, type Section } from '../rows/section';

/** Some rows of one section. `lines` are the line numbers of `rows`, place by place. */
export type RowBatch = {
  [S in Section]: { section: S; rows: Rows[S][]; lines: number[]; characters: number };
}[Section];

export interface BatchSize {
  /** A batch is handed out once it has so many rows … */
  rows: number;
  /** … or its lines so many characters. */
  characters: number;
}

export const defaultBatchSize: BatchSize = { rows: 500, characters: 256 * 1024 };

/** Gathers rows into batches. */
export class BatchGatherer {
  private ready: RowBatch[] = [];
  private open: RowBatch | undefined;

  constructor(private readonly size: BatchSize) {}

  add<S extends Section>(section: S, row: Rows[S], line: number, characters: number): void {
    // One batch holds rows of one section only: its type follows from the section.
    const batch = (this.open ??= { section, rows: [], lines: [], characters: 0 } as unknown as RowBatch) as {
      rows: Rows[S][];
    } & RowBatch;
    batch.rows.push(row);
    batch.lines.push(line);
    batch.characters += characters;
    if (batch.rows.length >= this.size.rows || batch.characters >= this.size.characters) this.close();
  }

  /** Call at the end of a section. */
  close(): void {
    if (this.open) this.ready.push(this.open);
    this.open = undefined;
  }

  /** The batches that are full, each handed out once. */
  take(): RowBatch[] {
    const batches = this.ready;
    this.ready = [];
    return batches;
  }
}
