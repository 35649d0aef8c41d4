import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';

const resultsFile = path.join(__dirname, 'results.json');

/** One thing that is timed; what it answers is its time in milliseconds, where it measures that itself. */
export type Timed = () => Promise<number | void>;

/** Medians of the same rounds, milliseconds, and how the first compares with the second. */
export interface Comparison {
  ours: number;
  reference: number;
  ratio: number;
}

/** Runs the two in turn, A B A B …, and compares the medians: what slows the machine down slows both. */
export async function compare(rounds: number, ours: Timed, reference: Timed): Promise<Comparison> {
  const times: Record<'ours' | 'reference', number[]> = { ours: [], reference: [] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await timeOf(ours));
    times.reference.push(await timeOf(reference));
  }
  const [a, b] = [median(times.ours), median(times.reference)];
  return { ours: Math.round(a), reference: Math.round(b), ratio: Number((a / b).toFixed(3)) };
}

async function timeOf(timed: Timed): Promise<number> {
  const start = performance.now();
  const own = await timed();
  return own ?? performance.now() - start;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** A measured figure and the mark of docs/quality that it is held against; smaller is better. */
export interface Figure {
  /** For example `P1 export M MariaDB`. */
  name: string;
  value: number;
  mark: number;
  /** What the value is made of, for who wants to know more. */
  facts: Readonly<Record<string, number>>;
}

/** Prints a figure, the ratio last, and keeps it in bench/results.json in the place of an older one of that name. */
export function report({ name, value, mark, facts }: Figure): void {
  const parts = Object.entries(facts).map(([fact, number]) => `${fact} ${number}`);
  const verdict = value <= mark ? 'reached' : 'missed';
  process.stdout.write(`${name}: ${parts.join(', ')}; mark ${mark} ${verdict}; ${value}\n`);
  const results = existsSync(resultsFile)
    ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Record<string, object>)
    : {};
  results[name] = { value, mark, ...facts, date: new Date().toISOString(), ...machine() };
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(resultsFile, `${JSON.stringify(sorted, null, 2)}\n`);
}

function machine() {
  const version = (program: string) => execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  return {
    cpus: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    mariadb: version('mariadbd'),
    age: version('age'),
  };
}
