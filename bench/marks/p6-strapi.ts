import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Comparison, comparisonOf, median, timed } from '../measure/compare';
import { forgetPeak, peakMemory } from '../measure/process';
import { partAt, reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { exportTo, importPlan, plan } from '../product/backups';
import { type Size, sizes as countOf } from '../product/content';
import { dropReplaced, inScratch, servedAt } from '../product/places';
import { type CommandRun, Strapi } from '../references/strapi';
import { installStrapi } from '../references/strapi-app';

/** Ours by theirs: eight and fifteen times as fast, a third of the memory. */
const goals = { export: 1 / 8, import: 1 / 15, memory: 1 / 3 };

/** P6: a whole export, and a whole import with upload and validation, on SQLite, against `strapi export` and `import`. */
export async function measureP6({ sizes, rounds }: BenchOptions): Promise<void> {
  await inScratch(async (scratch) => {
    const directory = path.join(scratch, 'strapi');
    mkdirSync(directory);
    installStrapi(directory);
    for (const size of sizes) await measureAt(size, rounds, new Strapi(directory), scratch);
  });
}

async function measureAt(size: Size, rounds: number, strapi: Strapi, scratch: string): Promise<void> {
  const boots = [await strapi.boot(), await strapi.boot()];
  strapi.fill(countOf[size]);
  // Their start is told apart: ours happens once, theirs with each command.
  const boot = median(boots.map(({ milliseconds }) => milliseconds));
  const product = await servedAt({ dataDir: path.join(scratch, `ours ${size}`) }, size);
  const [ourFile, theirFile] = [path.join(scratch, 'ours.age'), path.join(scratch, `theirs-${size}`)];
  try {
    const pairs: Record<keyof typeof goals, [number, number][]> = { export: [], import: [], memory: [] };
    for (let round = 0; round < rounds; round++) {
      forgetPeak(product.pid);
      const exported = await timed(() => exportTo(product, ourFile))();
      const theirExport = await strapi.export(theirFile);
      const imported = await timed(async () => importPlan(product, await plan(product, ourFile)))();
      const theirImport = await strapi.import(theirFile);
      pairs.export.push([exported, theirExport.milliseconds - boot]);
      pairs.import.push([imported, theirImport.milliseconds - boot]);
      pairs.memory.push([peakMemory(product.pid), mostOf(theirExport, theirImport)]);
      await dropReplaced(product);
    }
    for (const name of ['export', 'import', 'memory'] as const) {
      const part = partAt(name, size, 'M');
      const comparison: Comparison = comparisonOf(pairs[name]);
      reportComparison({ mark: 'P6', part, goal: goals[name] }, comparison, { referenceBoot: boot });
    }
  } finally {
    await product.stop();
  }
}

const mostOf = (...runs: CommandRun[]) => Math.max(...runs.map(({ peakBytes }) => peakBytes));
