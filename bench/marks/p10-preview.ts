import path from 'node:path';
import { compare, timed } from '../measure/compare';
import { partAt, reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { makeSafeModes } from '../product/large-safe-modes';
import { inScratch, onMariadb, servedAt } from '../product/places';
import { ServedProduct } from '../product/served-product';

const tasks = 1_000;
const pages = 20;
const listQuery = `query ($unit: ID!, $after: String) { unit(id: $unit) { configKeys(first: 50, after: $after) {
  nodes { id key value description secret } pageInfo { hasNextPage endCursor } } } }`;

interface PageAnswer {
  unit: { configKeys: { pageInfo: { endCursor: string | null } } };
}

/** P10: a list seen through a safe mode of a thousand changes, against the same list live. */
export async function measureP10({ sizes, rounds }: BenchOptions): Promise<void> {
  for (const size of sizes) {
    await inScratch((scratch) =>
      onMariadb(async (server) => {
        const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
        await (await servedAt(place, size)).stop();
        const [safeMode] = await makeSafeModes(place, [tasks]);
        const product = await ServedProduct.start(place);
        try {
          const list = (header: string) => timed(() => firstPages(product, header));
          await list(safeMode!)();
          const comparison = await compare(rounds, list(safeMode!), list('none'));
          const part = partAt('list', size, 'M');
          reportComparison({ mark: 'P10', part, goal: 1.5 }, comparison, { tasks, pages });
        } finally {
          await product.stop();
        }
      }),
    );
  }
}

async function firstPages(product: ServedProduct, header: string): Promise<void> {
  let after: string | null = null;
  for (let page = 0; page < pages; page++) {
    const { unit }: PageAnswer = await product.graphql(listQuery, { unit: product.unitId, after }, header);
    after = unit.configKeys.pageInfo.endCursor;
  }
}
