import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { type Comparison } from './compare';

const resultsFile = path.join(__dirname, '../results.json');

/** One figure held against its goal; smaller is better. */
export interface Result {
  /** `P1` to `P11`. */
  mark: string;
  /** Which part of the mark: a size, `export`, `cpu` … */
  part: string;
  /** What is held against the goal: ours divided by the reference, or a figure in `unit`. */
  ratio: number;
  /** Least and greatest of the rounds. */
  spread: [number, number];
  goal: number;
  /** Absent for a ratio. */
  unit?: 'MB' | 'KB';
  rounds: number;
  /** What the ratio is made of. */
  facts: Readonly<Record<string, number>>;
}

type StoredResult = Result & { date: string };

/** How fast a list of the console is in a browser, milliseconds; medians, but for the longest task. */
export interface ListFigures {
  list: string;
  paint: number;
  rows: number;
  /** Absent where the list has one page, or nothing to search by. */
  next?: number;
  search?: number;
  longestTask: number;
}

/** All that was measured, each part as it was last. */
export interface Results extends ReturnType<typeof surroundings> {
  /** Of the newest. */
  date: string;
  results: StoredResult[];
  /** The lists of the console. */
  lists?: ListFigures[];
}

/** What `bench/results.json` holds. Throws where nothing was measured yet. */
export function readResults(): Results {
  return JSON.parse(readFileSync(resultsFile, 'utf8')) as Results;
}

/** The name of a part where it is measured at several sizes; the usual size goes without saying. */
export const partAt = <T extends string | number>(name: string, size: T, usual: T): string =>
  size === usual ? name : `${name} ${size}`;

/** Prints a result, the ratio last, and keeps it in the place of an older one of the same part. */
export function report(result: Result): void {
  const { mark, part, ratio, spread, goal, unit, rounds, facts } = rounded(result);
  const parts = Object.entries(facts).map(([fact, number]) => `${fact} ${number}`);
  const verdict = ratio <= goal ? 'reached' : 'missed';
  process.stdout.write(
    `${mark} ${part}: ${parts.join(', ')}; ${rounds} rounds from ${spread[0]} to ${spread[1]}; goal ${goal} ${verdict}; ${ratio}${unit ? ` ${unit}` : ''}\n`,
  );
  keep({ ...rounded(result), date: new Date().toISOString() });
}

/** Reports a comparison as a part of a mark. */
export function reportComparison(
  { mark, part, goal }: Pick<Result, 'mark' | 'part' | 'goal'>,
  { ours, reference, ratio, spread, rounds }: Comparison,
  facts: Readonly<Record<string, number>> = {},
): void {
  report({ mark, part, ratio, spread, goal, rounds, facts: { ours, reference, ...facts } });
}

function keep(result: StoredResult): void {
  const before = existsSync(resultsFile) ? readResults().results : [];
  const others = before.filter(({ mark, part }) => mark !== result.mark || part !== result.part);
  const results = [...others, result].sort((a, b) => order(a) - order(b) || a.part.localeCompare(b.part));
  write({ results });
}

/** Keeps the figures of the console's lists in the place of older ones. */
export function keepLists(lists: ListFigures[]): void {
  write({ lists });
}

function write(news: Partial<Results>): void {
  const before = existsSync(resultsFile) ? readResults() : { results: [] };
  const all: Results = { ...before, ...surroundings(), date: new Date().toISOString(), ...news };
  writeFileSync(resultsFile, `${JSON.stringify(all, null, 2)}\n`);
}

const order = ({ mark }: Result) => Number(mark.slice(1));

const rounded = (result: Result): Result => ({
  ...result,
  ratio: short(result.ratio),
  spread: [short(result.spread[0]), short(result.spread[1])],
  facts: Object.fromEntries(Object.entries(result.facts).map(([name, value]) => [name, short(value)])),
});

const short = (value: number) => Number(value.toPrecision(4));

function surroundings() {
  const version = (program: string) => {
    try {
      return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
    } catch {
      return 'not installed';
    }
  };
  return {
    machine: {
      cpus: cpus().length,
      model: cpus()[0]?.model.trim() ?? 'unknown',
      memoryBytes: totalmem(),
    },
    versions: { node: process.version, mariadb: version('mariadbd'), age: version('age') },
  };
}
