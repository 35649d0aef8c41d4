import { isUtf8 } from 'node:buffer';
import { isJsonObject, type Json, type JsonObject } from '../../../change/core/json';
import { BackupError, type ContentProblem } from '../backup-error';
import { type BackupLimits } from '../limits';
import { type BackupHeader } from '../lines/backup-header';
import { type BackupProof, expectProof, incomplete, RunningProof } from '../lines/footer';
import { isSection, type Section, sections } from '../rows/section';
import { nestsDeeperThan } from '../stream/nesting';
import { type ProblemList } from './problem-list';

/** What becomes of the rows that a {@link ContentReader} meets. */
export interface RowTaker {
  /** Takes a row in its text form when that is enough; says whether it did. */
  text?(section: Section, line: string, lineNumber: number): boolean;
  row(section: Section, value: JsonObject, lineNumber: number, characters: number): void;
  sectionEnd(section: Section): void;
}

/** A row line wraps its fields twice; the limit on nesting is for what a field holds. */
const wrapping = 2;

/** The footer is told by its text, because what stands before it is hashed before it is read. */
const footerStart = '{"t":"footer"';

/**
 * Follows the lines after the header: sections in order, counts, footer. Knows nothing of what rows hold.
 */
export class ContentReader {
  private readonly proof = new RunningProof();
  private lineNumber = 1;
  private rows = 0;
  /** Sections that are over. */
  private passed = 0;
  private isInside = false;
  private proven: BackupProof | undefined;

  constructor(
    private readonly header: BackupHeader,
    private readonly taker: RowTaker,
    private readonly problems: ProblemList,
    private readonly limits: BackupLimits,
  ) {}

  /** Reads a block of whole lines. */
  block(bytes: Buffer): void {
    const lines = textLines(bytes);
    const footerAt = lines.findIndex((line) => line?.startsWith(footerStart));
    if (this.proven) throw this.afterEnd(0);
    if (footerAt >= 0 && footerAt < lines.length - 1) throw this.afterEnd(footerAt + 1);

    this.proof.add(footerAt < 0 ? bytes : bytes.subarray(0, startOfLastLine(bytes)));
    for (const line of lines) this.line(line);
  }

  /** Call after the last block. Gives what the footer proved. */
  end(): BackupProof {
    if (!this.proven) throw incomplete('it ends without a footer');
    return this.proven;
  }

  private get section(): Section | undefined {
    return sections[this.passed];
  }

  private line(line: string | undefined): void {
    this.lineNumber += 1;
    if (line !== undefined && this.isInside && this.taker.text?.(this.section!, line, this.lineNumber))
      this.countRow();
    else this.parsed(line, line === undefined ? 'is not UTF-8 text' : this.parse(line));
  }

  private parse(line: string): JsonObject | string {
    const { jsonDepth } = this.limits;
    if (nestsDeeperThan(line, jsonDepth + wrapping))
      throw new BackupError('TOO_LARGE', { limit: 'jsonDepth', found: jsonDepth + 1, maximum: jsonDepth });
    try {
      const value = JSON.parse(line) as Json;
      return isJsonObject(value) ? value : 'is not a JSON object';
    } catch {
      return 'is not JSON';
    }
  }

  private parsed(line: string | undefined, value: JsonObject | string): void {
    if (typeof value === 'string') return this.unreadable(value);
    const kind = value['t'];
    switch (typeof kind === 'string' ? kind : undefined) {
      case 'row':
        return this.row(value['v'], line?.length ?? 0);
      case 'section':
        return this.sectionStart(value['name']);
      case 'sectionEnd':
        return this.sectionEnd(value['name'], value['rows']);
      case 'footer':
        return this.footer(value);
      case undefined:
      default:
        return this.unknownKind(kind);
    }
  }

  /** A line that stands where a row should is one; elsewhere nothing can be made of what follows. */
  private unreadable(problem: string): void {
    if (!this.isInside) throw this.problems.fatal(this.problem(problem));
    this.problems.add(this.problem(problem));
    this.countRow();
  }

  private row(value: Json | undefined, characters: number): void {
    if (!this.isInside) throw this.problems.fatal(this.problem('is a row outside of any section'));
    this.countRow();
    if (isJsonObject(value)) this.taker.row(this.section!, value, this.lineNumber, characters);
    else this.problems.add(this.problem('is a row without "v"'));
  }

  private countRow(): void {
    this.rows += 1;
    this.proof.counts[this.section!] += 1;
    if (this.rows > this.limits.rows)
      throw new BackupError('TOO_LARGE', { limit: 'rows', found: this.rows, maximum: this.limits.rows });
  }

  private sectionStart(name: Json | undefined): void {
    if (typeof name === 'string' && !isSection(name)) throw this.newer(`the section "${name.slice(0, 100)}"`);
    if (this.isInside || name !== this.section)
      throw this.problems.fatal(this.problem('begins a section out of order'));
    this.isInside = true;
  }

  private sectionEnd(name: Json | undefined, rows: Json | undefined): void {
    const section = this.isInside ? this.section : undefined;
    if (!section || name !== section)
      throw this.problems.fatal(this.problem('ends a section that is not open'));
    const found = this.proof.counts[section];
    const announced = [rows, this.header.counts[section], this.header.sections[this.passed]?.rows];
    if (announced.some((count) => count !== found))
      throw incomplete(
        `${found} ${section} are there, other numbers are announced (${announced.map(String).join(', ')})`,
      );
    this.taker.sectionEnd(section);
    this.isInside = false;
    this.passed += 1;
  }

  private footer(footer: JsonObject): void {
    if (this.isInside) throw incomplete(`the section ${this.section} has no end`);
    if (this.section) throw incomplete(`the section ${this.section} is missing`);
    this.proven = this.proof.finish();
    expectProof(footer, this.proven);
  }

  private unknownKind(kind: Json | undefined): void {
    if (typeof kind === 'string' && kind !== 'header')
      throw this.newer(`lines of the kind "${kind.slice(0, 100)}"`);
    throw this.problems.fatal(this.problem(kind === 'header' ? 'is a second header' : 'has no kind ("t")'));
  }

  private afterEnd(linesAhead: number): BackupError {
    const problem = 'follows after the end of the backup';
    return this.problems.fatal({ line: this.lineNumber + linesAhead + 1, problem });
  }

  private newer(needs: string): BackupError {
    return new BackupError('NEWER_VERSION', { version: this.header.appVersion, needs });
  }

  private problem(problem: string): ContentProblem {
    return { ...(this.isInside && { section: this.section }), line: this.lineNumber, problem };
  }
}

/** The lines of a block; nothing in the place of one that is not UTF-8. */
function textLines(block: Buffer): (string | undefined)[] {
  const end = block.at(-1) === 0x0a ? block.length - 1 : block.length;
  if (isUtf8(block)) return block.toString('utf8', 0, end).split('\n');
  // In Latin-1 every byte is one character, so lines keep their length.
  return block
    .toString('latin1', 0, end)
    .split('\n')
    .map((line) => Buffer.from(line, 'latin1'))
    .map((line) => (isUtf8(line) ? line.toString('utf8') : undefined));
}

function startOfLastLine(block: Buffer): number {
  return block.length < 2 ? 0 : block.lastIndexOf(0x0a, block.length - 2) + 1;
}
