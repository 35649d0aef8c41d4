import path from 'node:path';
import { compare, median, timed } from '../measure/compare';
import { reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { exportTo, importPlan, plan } from '../product/backups';
import { dropReplaced, inScratch, liveGeneration, onMariadb, servedAt } from '../product/places';
import { dump, load } from '../references/dump';

/** P3: an import on MariaDB, against `age -d | gunzip | mariadb`. */
export async function measureP3({ sizes, rounds }: BenchOptions): Promise<void> {
  for (const size of sizes) {
    await inScratch((scratch) =>
      onMariadb(async (server) => {
        const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
        const product = await servedAt(place, size);
        try {
          const [ours, reference] = [path.join(scratch, 'ours.age'), path.join(scratch, 'reference.age')];
          await exportTo(product, ours);
          await dump({ port: server.port, database: 'product' }, await liveGeneration(product), reference);
          const before: number[] = [];
          const comparison = await compare(
            rounds,
            async () => {
              let planId = '';
              before.push(await timed(async () => (planId = await plan(product, ours)))());
              const time = await timed(() => importPlan(product, planId))();
              await dropReplaced(product);
              return time;
            },
            timed(() => load({ port: server.port, database: 'reference' }, reference)),
          );
          // What comes before the import writes nothing, and the reference has nothing like it; it is told all the same.
          const facts = { uploadAndValidation: median(before) };
          reportComparison({ mark: 'P3', part: size, goal: 1.4 }, comparison, facts);
        } finally {
          await product.stop();
        }
      }),
    );
  }
}
