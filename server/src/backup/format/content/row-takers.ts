import { type JsonObject } from '../../../change/core/json';
import { type BackupHeader } from '../lines/backup-header';
import { type FieldProblem, type ReadRow, rowReader } from '../rows/read-row';
import { rowLineStart } from '../rows/row-line';
import { rowSchemas } from '../rows/row-schema';
import { type Section, type SectionRow, sections } from '../rows/section';
import { compareUtf8 } from '../rows/utf8-order';
import { ContentCheck } from './content-check';
import { type RowTaker } from './content-reader';
import { type ProblemList } from './problem-list';
import { type BatchGatherer } from './row-batch';
import { type WarningList } from './warning-list';

/**
 * Ordinary validation of one object: everything that is wrong with it by itself. Rows come in the order of the file, so
 * what judges an application may remember its workspace.
 */
export type RowFaults = (row: SectionRow) => FieldProblem[];

type RowReaders = { [S in Section]: ReadRow<S> };

/** Takes each row apart, checks it and gathers it into batches. */
export class CheckingTaker implements RowTaker {
  private readonly order = new AscendingKeys();
  private readonly check: ContentCheck;
  private readonly readers: RowReaders;

  constructor(
    header: BackupHeader,
    mostRows: number,
    private readonly faults: RowFaults,
    private readonly problems: ProblemList,
    private readonly warnings: WarningList,
    private readonly batches: BatchGatherer,
  ) {
    this.check = new ContentCheck(problems, mostRows);
    this.readers = Object.fromEntries(
      sections.map((name, at) => [name, rowReader(name, header.sections[at]!.version)]),
    ) as RowReaders;
  }

  row(section: Section, value: JsonObject, line: number, characters: number): void {
    const { row, problems, unknownFields } = this.readers[section](value);
    const name = nameOf(section, value);
    for (const problem of problems) this.problems.add({ section, line, name, ...problem });
    for (const field of unknownFields) this.warnings.unknownField(section, field, line);

    const outOfOrder = this.order.next(section, value);
    if (outOfOrder) this.problems.add({ section, line, name, ...outOfOrder });
    if (!row) return;

    // A row that its section's reader made is a row of that section.
    const sectionRow = { section, row } as SectionRow;
    for (const fault of this.faults(sectionRow)) this.problems.add({ section, line, name, ...fault });
    this.check.row(sectionRow, line);
    this.batches.add(section, row, line, characters);
  }

  sectionEnd(section: Section): void {
    this.order.restart();
    this.batches.close();
    if (section === 'plugins') this.check.pluginsEnd();
  }
}

/** Only looks at the order of rows, without parsing those that this program wrote. */
export class SkimmingTaker implements RowTaker {
  private readonly order = new AscendingKeys();

  constructor(private readonly problems: ProblemList) {}

  text(section: Section, line: string, lineNumber: number): boolean {
    const key = keyInText(section, line);
    if (key !== undefined) this.expectOrder(section, { [rowSchemas[section].key]: key }, lineNumber);
    return key !== undefined;
  }

  row(section: Section, value: JsonObject, line: number): void {
    this.expectOrder(section, value, line);
  }

  sectionEnd(): void {
    this.order.restart();
  }

  private expectOrder(section: Section, value: JsonObject, line: number): void {
    const problem = this.order.next(section, value);
    if (problem) this.problems.add({ section, line, name: nameOf(section, value), ...problem });
  }
}

class AscendingKeys {
  private last: string | undefined;

  /** What is wrong with the place of this row, if anything. */
  next(section: Section, value: JsonObject): FieldProblem | undefined {
    const field = rowSchemas[section].key;
    const key = value[field];
    if (typeof key !== 'string') return undefined;
    const order = this.last === undefined ? 1 : compareUtf8(key, this.last);
    this.last = key;
    if (order > 0) return undefined;
    return {
      field,
      problem: order === 0 ? 'is the same as in the row before' : 'is not greater than in the row before',
    };
  }

  restart(): void {
    this.last = undefined;
  }
}

function nameOf(section: Section, value: JsonObject): string | undefined {
  const { label, key } = rowSchemas[section];
  const name = typeof value[label] === 'string' ? value[label] : value[key];
  return typeof name === 'string' ? name.slice(0, 200) : undefined;
}

/** The key of a row line as rows/row-line.ts makes them; nothing when it was made otherwise. */
function keyInText(section: Section, line: string): string | undefined {
  const before = `${rowLineStart}{"${rowSchemas[section].key}":"`;
  if (!line.startsWith(before) || !line.endsWith('}}')) return undefined;
  const key = line.slice(before.length, line.indexOf('"', before.length));
  return key.includes('\\') ? undefined : key;
}
