import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../measure/compare';
import { forgetPeak, memory, peakMemory } from '../measure/process';
import { report } from '../measure/results';
import { type BenchOptions } from '../options';
import { exportTo, importPlan, plan } from '../product/backups';
import { type Size } from '../product/content';
import { dropReplaced, inScratch, onMariadb, servedAt } from '../product/places';
import { ServedProduct } from '../product/served-product';

const MB = 1e6;
const most = { growth: 32, above: 160 };
/** The key derivation's own 256 MiB would hide everything else; a low work factor leaves them out. */
const settings = { SCRYPT_WORK_FACTOR: '10' };

type Work = 'export' | 'import';
const works: readonly Work[] = ['export', 'import'];

/** P2: how much memory an export and an import take above the idle server at L, and how much more that is than at M. */
export async function measureP2({ rounds }: BenchOptions): Promise<void> {
  const [small, large] = [await peaks('M', rounds), await peaks('L', rounds)];
  for (const work of works) {
    const growths = large[work].map((peak, round) => (peak - small[work][round]!) / MB);
    const above = large[work].map((peak) => peak / MB);
    const facts = { smallMB: median(small[work]) / MB, largeMB: median(above) };
    const common = { mark: 'P2', rounds, facts, unit: 'MB' } as const;
    report({ ...common, part: work, ...middle(growths), goal: most.growth });
    report({ ...common, part: `${work} above idle`, ...middle(above), goal: most.above });
  }
}

const middle = (values: number[]) => ({
  ratio: median(values),
  spread: [Math.min(...values), Math.max(...values)] as [number, number],
});

/** Peaks above idle in bytes, each of a server that has just started. */
async function peaks(size: Size, rounds: number): Promise<Record<Work, number[]>> {
  const found: Record<Work, number[]> = { export: [], import: [] };
  await inScratch((scratch) =>
    onMariadb(async (server) => {
      const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
      await (await servedAt(place, size, settings)).stop();
      const file = path.join(scratch, 'unit.age');
      for (let round = 0; round < rounds; round++) {
        found.export.push(await fresh(place, (product) => aboveIdle(product, () => exportTo(product, file))));
        // Validating comes before an import and takes memory of its own: that is part of it.
        const importing = async (product: ServedProduct) => {
          const peak = await aboveIdle(product, async () => importPlan(product, await plan(product, file)));
          await dropReplaced(product);
          return peak;
        };
        found.import.push(await fresh(place, importing));
      }
    }),
  );
  return found;
}

async function fresh(
  place: ServedProduct['place'],
  measure: (product: ServedProduct) => Promise<number>,
): Promise<number> {
  const product = await ServedProduct.start(place, settings);
  try {
    return await measure(product);
  } finally {
    await product.stop();
  }
}

async function aboveIdle({ pid }: ServedProduct, work: () => Promise<unknown>): Promise<number> {
  await pause(1_000);
  const idle = memory(pid);
  forgetPeak(pid);
  await work();
  return peakMemory(pid) - idle;
}
