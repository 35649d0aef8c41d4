/** `npm run bench`: see `usage`, and docs/performance.md for what is measured. */
import { measureConsole } from './marks/console-lists';
import { measureP1 } from './marks/p1-export';
import { measureP2 } from './marks/p2-memory';
import { measureP3 } from './marks/p3-import';
import { measureP4 } from './marks/p4-window';
import { measureP5 } from './marks/p5-sqlite';
import { measureP6 } from './marks/p6-strapi';
import { measureP7 } from './marks/p7-list';
import { measureP8 } from './marks/p8-banner';
import { measureP9 } from './marks/p9-apply';
import { measureP10 } from './marks/p10-preview';
import { measureP11 } from './marks/p11-script';
import { type BenchOptions, readOptions } from './options';
import { type Size, sizes } from './product/content';
import { writeReport } from './report';
import { crowds } from './report/growth';

const measures: Readonly<Record<string, (options: BenchOptions) => Promise<void> | void>> = {
  P1: measureP1,
  P2: measureP2,
  P3: measureP3,
  P4: measureP4,
  P5: measureP5,
  P6: measureP6,
  P7: measureP7,
  P8: measureP8,
  P9: measureP9,
  P10: measureP10,
  P11: measureP11,
};

/** What is run only where it is named. */
const others: typeof measures = { CONSOLE: measureConsole, GROWTH: measureGrowth, REPORT: writeReport };

/** The marks whose work grows, at each size; what they print as goals holds for the sizes that have one. */
async function measureGrowth(options: BenchOptions): Promise<void> {
  const sized: BenchOptions = { ...options, sizes: Object.keys(sizes) as Size[] };
  for (const measure of [measureP1, measureP3, measureP9, measureP10]) await measure(sized);
  for (const subscribers of crowds) await measureP8({ ...options, subscribers });
}

async function main(line: readonly string[]): Promise<void> {
  const named = { ...measures, ...others };
  const options = readOptions(line, Object.keys(named));
  const marks = options.marks.length > 0 ? options.marks : Object.keys(measures);
  for (const mark of marks) await named[mark]!(options);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
