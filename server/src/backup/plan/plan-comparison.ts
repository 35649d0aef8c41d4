import { type Db } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { type Section, sections } from '../format/rows/section';
import { type ReadRow, readSection } from '../sections/read';
import { SectionComparison } from './section-comparison';
import { type DifferenceTaker } from './section-comparison';

/** Compares rows to come, section by section in the order of the format, with a generation as a snapshot sees it. */
export class PlanComparison {
  private readonly ahead = [...sections];
  private comparison: SectionComparison | undefined;
  private present: Section | undefined;

  constructor(
    private readonly db: Db,
    private readonly generationId: string,
    private readonly sealer: Sealer,
    private readonly taker: DifferenceTaker,
  ) {}

  async take(section: Section, rows: readonly ReadRow[]): Promise<void> {
    while (this.present !== section) await this.nextSection();
    await this.comparison!.take(rows);
  }

  /** All rows have come. */
  async end(): Promise<void> {
    while (this.ahead.length > 0) await this.nextSection();
    await this.comparison?.end();
    await this.close();
  }

  /** Ends reading, also early: the snapshot's connection is at rest afterwards. */
  async close(): Promise<void> {
    await this.comparison?.close();
  }

  private async nextSection(): Promise<void> {
    await this.comparison?.end();
    await this.close();
    const section = this.ahead.shift();
    if (!section) throw new Error('Sections came out of order');
    this.present = section;
    const live = readSection(this.db, this.generationId, section, this.sealer);
    this.comparison = new SectionComparison(section, live, this.taker);
  }
}
