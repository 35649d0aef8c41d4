import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Connection, createConnection } from 'mysql2/promise';
import { compare, median, timed } from '../measure/compare';
import { reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { exportTo, importPlan, plan } from '../product/backups';
import { dropReplaced, inScratch, liveGeneration, onMariadb, servedAt } from '../product/places';

/** P4: for how long an import keeps others from writing the unit, against deleting the unit's rows in one statement. */
export async function measureP4({ sizes, rounds }: BenchOptions): Promise<void> {
  for (const size of sizes) {
    await inScratch((scratch) =>
      onMariadb(async (server) => {
        const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
        const product = await servedAt(place, size);
        const connection = await createConnection({
          host: '127.0.0.1',
          port: server.port,
          user: 'root',
          database: 'product',
        });
        try {
          const file = path.join(scratch, 'unit.age');
          await exportTo(product, file);
          const usual: number[] = [];
          const comparison = await compare(
            rounds,
            async () => {
              const planId = await plan(product, file);
              const waits = await waitsDuring(connection, product.unitId, () => importPlan(product, planId));
              usual.push(median(waits));
              await dropReplaced(product);
              return Math.max(...waits);
            },
            () => deleting(connection, product),
          );
          reportComparison({ mark: 'P4', part: size, goal: 0.05 }, comparison, { usualWait: median(usual) });
        } finally {
          await connection.end();
          await product.stop();
        }
      }),
    );
  }
}

/** How long somebody else who locks the unit's row, as each write does, waits for it: again and again, milliseconds. */
async function waitsDuring(
  connection: Connection,
  unitId: string,
  work: () => Promise<void>,
): Promise<number[]> {
  const waits: number[] = [];
  let isOver = false;
  const working = work().finally(() => (isOver = true));
  while (!isOver) {
    await connection.beginTransaction();
    waits.push(
      await timed(() => connection.query('SELECT revision FROM unit WHERE id = ? FOR UPDATE', [unitId]))(),
    );
    await connection.rollback();
    await nextTurn();
  }
  await working;
  return waits;
}

/** The rows of the unit, taken back afterwards. */
async function deleting(
  connection: Connection,
  product: Parameters<typeof liveGeneration>[0],
): Promise<number> {
  const generation = await liveGeneration(product);
  await connection.beginTransaction();
  const time = await timed(() =>
    connection.query('DELETE FROM config_key WHERE generation_id = ?', [generation]),
  )();
  await connection.rollback();
  return time;
}
