import path from 'node:path';
import { compare, timed } from '../measure/compare';
import { reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { exportTo } from '../product/backups';
import { inScratch, liveGeneration, onMariadb, servedAt } from '../product/places';
import { dump } from '../references/dump';

const goals = { S: 1.2, M: 1.2, L: 0.8 };

/** P1: an export on MariaDB, against `mariadb-dump | gzip -1 | age`. */
export async function measureP1({ sizes, rounds }: BenchOptions): Promise<void> {
  for (const size of sizes) {
    await inScratch((scratch) =>
      onMariadb(async (server) => {
        const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
        const product = await servedAt(place, size);
        try {
          const generation = await liveGeneration(product);
          const source = { port: server.port, database: 'product' };
          const file = (name: string) => path.join(scratch, name);
          const comparison = await compare(
            rounds,
            timed(() => exportTo(product, file('ours.age'))),
            timed(() => dump(source, generation, file('reference.age'))),
          );
          reportComparison({ mark: 'P1', part: size, goal: goals[size] }, comparison);
        } finally {
          await product.stop();
        }
      }),
    );
  }
}
