import { placeholders, type SqlValue } from '../../storage/database';

/** Rows of a full statement: see storage/bulk-rows.ts. */
const mostRows = 100;
const mostBytes = 256 * 1024;

/** An INSERT of many rows. */
export interface InsertStatement {
  sql: string;
  parameters: SqlValue[];
  /** Whether it is one of many in the same words. */
  isFull: boolean;
  /** About how large its rows are. */
  bytes: number;
}

/** Collects rows of one table until they fill a statement of the best size: more rows per statement are slower. */
export class RowBatch {
  private readonly oneRow: string;
  private rows = 0;
  private bytes = 0;
  private parameters: SqlValue[] = [];

  constructor(
    private readonly generationId: string,
    private readonly table: string,
    private readonly columns: readonly string[],
  ) {
    this.oneRow = `(${placeholders(columns.length + 1)})`;
  }

  get isFull(): boolean {
    return this.rows >= mostRows || this.bytes >= mostBytes;
  }

  /** @param bytes about how large the row is */
  add(row: readonly SqlValue[], bytes: number): void {
    this.parameters.push(this.generationId, ...row);
    this.rows++;
    this.bytes += bytes;
  }

  /** What has been collected, as one statement; nothing where there are no rows. */
  take(): InsertStatement | undefined {
    if (this.rows === 0) return undefined;
    const values = Array.from({ length: this.rows }, () => this.oneRow).join(',');
    const statement = {
      sql: `INSERT INTO ${this.table} (generation_id, ${this.columns.join(', ')}) VALUES ${values}`,
      parameters: this.parameters,
      isFull: this.rows === mostRows,
      bytes: this.bytes,
    };
    this.rows = 0;
    this.bytes = 0;
    this.parameters = [];
    return statement;
  }
}
