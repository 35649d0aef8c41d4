import path from 'node:path';
import { compare, timed } from '../measure/compare';
import { partAt, reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { exportTo, importPlan, plan } from '../product/backups';
import { dropReplaced, inScratch, liveGeneration, onMariadb, servedAt } from '../product/places';
import { dump, load } from '../references/dump';

/** P5: export and import on the embedded database, against the programs of P1 and P3 on the same rows in MariaDB. */
export async function measureP5({ sizes, rounds }: BenchOptions): Promise<void> {
  for (const size of sizes) {
    await inScratch((scratch) =>
      onMariadb(async (server) => {
        const place = { dataDir: path.join(scratch, 'mariadb'), databaseUrl: server.url('product') };
        const source = await servedAt(place, size);
        const generation = await liveGeneration(source);
        await source.stop();
        const product = await servedAt({ dataDir: path.join(scratch, 'sqlite') }, size);
        const [ours, reference] = [path.join(scratch, 'ours.age'), path.join(scratch, 'reference.age')];
        const part = (name: string) => partAt(name, size, 'M');
        try {
          const exports = await compare(
            rounds,
            timed(() => exportTo(product, ours)),
            timed(() => dump({ port: server.port, database: 'product' }, generation, reference)),
          );
          reportComparison({ mark: 'P5', part: part('export'), goal: 1.0 }, exports);
          const imports = await compare(
            rounds,
            async () => {
              const planId = await plan(product, ours);
              const time = await timed(() => importPlan(product, planId))();
              await dropReplaced(product);
              return time;
            },
            timed(() => load({ port: server.port, database: 'reference' }, reference)),
          );
          reportComparison({ mark: 'P5', part: part('import'), goal: 0.8 }, imports);
        } finally {
          await product.stop();
        }
      }),
    );
  }
}
