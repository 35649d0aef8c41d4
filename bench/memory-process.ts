/**
 * A process that exports or imports once and tells how much memory that took: `memory-process.ts <order as JSON>`.
 * Written to standard output: bytes of resident memory before, and at most.
 */
import { openProduct, type ProductPlace } from './product';

export interface MemoryOrder {
  place: ProductPlace;
  workFactor: number;
  work: 'export' | 'import';
}

export interface MemoryAnswer {
  idle: number;
  peak: number;
}

async function main({ place, workFactor, work }: MemoryOrder): Promise<void> {
  const product = await openProduct(place, workFactor);
  const planId = work === 'import' ? await product.plan(await product.export()) : undefined;
  const warm = process.memoryUsage().rss;
  const idle = planId === undefined ? warm : Math.min(warm, await rested());
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 10);
  if (planId === undefined) await product.export();
  else await product.import(planId);
  clearInterval(watch);
  await product.tidy();
  await product.close();
  process.stdout.write(JSON.stringify({ idle, peak } satisfies MemoryAnswer));
}

/** Memory after the collector has run. */
async function rested(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    global.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return process.memoryUsage().rss;
}

if (require.main === module) void main(JSON.parse(process.argv[2]!) as MemoryOrder);
