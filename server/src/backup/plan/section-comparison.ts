import { type Section } from '../format/rows/section';
import { compareUtf8 } from '../format/rows/utf8-order';
import { type ReadRow } from '../sections/read';

/** Is told what becomes of each row; texts are those of `ReadRow`. */
export interface DifferenceTaker {
  added(section: Section, row: ReadRow): void;
  removed(section: Section, row: ReadRow): void;
  /** The texts differ; the rows may still be equal but for the order of keys. */
  differing(section: Section, before: ReadRow, after: ReadRow): void;
  same(section: Section, row: ReadRow): void;
}

/** Goes through the live rows and the rows to come of one section side by side; both are ascending by id. */
export class SectionComparison {
  private page: readonly ReadRow[] = [];
  private at = 0;

  constructor(
    private readonly section: Section,
    private readonly live: AsyncIterator<readonly ReadRow[]>,
    private readonly taker: DifferenceTaker,
  ) {}

  /** The next rows to come. */
  async take(rows: readonly ReadRow[]): Promise<void> {
    for (const row of rows) {
      let live = this.present() ?? (await this.next());
      while (live && live.id !== row.id && compareUtf8(live.id, row.id) < 0) {
        this.taker.removed(this.section, live);
        this.at++;
        live = this.present() ?? (await this.next());
      }
      if (live?.id !== row.id) this.taker.added(this.section, row);
      else {
        this.at++;
        if (live.text === row.text) this.taker.same(this.section, row);
        else this.taker.differing(this.section, live, row);
      }
    }
  }

  /** No more rows come: what is left would go. */
  async end(): Promise<void> {
    for (
      let live = this.present() ?? (await this.next());
      live;
      live = this.present() ?? (await this.next())
    ) {
      this.taker.removed(this.section, live);
      this.at++;
    }
  }

  /** Ends reading, also early. */
  async close(): Promise<void> {
    await this.live.return?.();
  }

  private present(): ReadRow | undefined {
    return this.page[this.at];
  }

  private async next(): Promise<ReadRow | undefined> {
    const next = await this.live.next();
    this.page = next.done ? [] : next.value;
    this.at = 0;
    return this.page[0];
  }
}
