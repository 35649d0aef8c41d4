import { insertion, mostBytes, mostRows } from '../../storage/bulk-rows';
import { type SqlValue } from '../../storage/database';

/** An INSERT of many rows. */
export interface InsertStatement {
  sql: string;
  parameters: SqlValue[];
  /** Whether it is one of many in the same words. */
  isFull: boolean;
  /** About how large its rows are. */
  bytes: number;
}

/** Collects rows of one table until they fill a statement. */
export class RowBatch {
  private readonly columns: readonly string[];
  private rows = 0;
  private bytes = 0;
  private parameters: SqlValue[] = [];

  constructor(
    private readonly generationId: string,
    private readonly table: string,
    columns: readonly string[],
  ) {
    this.columns = ['generation_id', ...columns];
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
    const statement = {
      sql: insertion(this.table, this.columns, this.rows),
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
