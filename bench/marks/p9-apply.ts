import path from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { comparisonOf, timed } from '../measure/compare';
import { partAt, reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { type Size, sizes as countOf } from '../product/content';
import { largeLimits, makeSafeModes } from '../product/large-safe-modes';
import { inScratch, onMariadb, servedAt } from '../product/places';
import { ServedProduct } from '../product/served-product';
import { writeLog, writeRows } from '../references/row-batches';

const tasks = 10_000;

/**
 * P9: applying a large safe mode on MariaDB, against the same rows written in batches by hand. Between the rounds
 * the product undoes what it applied, so that each applies as many changes again.
 */
export async function measureP9({ sizes, rounds }: BenchOptions): Promise<void> {
  for (const size of sizes) await measureAt(size, rounds);
}

async function measureAt(size: Size, rounds: number): Promise<void> {
  const count = Math.min(tasks, countOf[size]);
  await inScratch((scratch) =>
    onMariadb(async (server) => {
      const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
      await (await servedAt(place, size)).stop();
      let [safeModeId] = await makeSafeModes(place, [count]);
      const product = await ServedProduct.start(place, largeLimits);
      const connection = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
      try {
        await copyTables(connection);
        const times: { apply: number; rows: number; log: number }[] = [];
        for (let round = 0; round < rounds; round++) {
          const apply = await timed(() => applySafeMode(product, safeModeId!))();
          const written = await lastWritten(connection);
          const rows = await timed(() =>
            inTransaction(connection, () => writeRows(connection, 'rows_only', written.rows)),
          )();
          const log = await timed(() =>
            inTransaction(connection, async () => {
              await writeRows(connection, 'rows_with_log', written.rows);
              await writeLog(connection, written.log);
            }),
          )();
          times.push({ apply, rows, log });
          safeModeId = await undo(product, safeModeId!);
        }
        const part = (name: string) => partAt(name, size, 'M');
        // With the same log in both, and with one in the product only.
        const withLog = comparisonOf(times.map(({ apply, log }) => [apply, log]));
        reportComparison({ mark: 'P9', part: part('apply'), goal: 1.2 }, withLog, { tasks: count });
        const withoutLog = comparisonOf(times.map(({ apply, rows }) => [apply, rows]));
        reportComparison({ mark: 'P9', part: part('log'), goal: 1.5 }, withoutLog, { tasks: count });
      } finally {
        await connection.end();
        await product.stop();
      }
    }),
  );
}

async function applySafeMode(product: ServedProduct, id: string): Promise<void> {
  const { safeMode } = await product.graphql<{ safeMode: { revision: number } }>(
    'query ($id: ID!) { safeMode(id: $id) { revision } }',
    { id },
  );
  const { applySafeMode } = await product.graphql<{ applySafeMode: { taskCount?: number } }>(
    'mutation ($input: ApplySafeModeInput!) { applySafeMode(input: $input) { ... on SafeModeApplied { taskCount } } }',
    { input: { id, revision: safeMode.revision } },
  );
  if (applySafeMode.taskCount === undefined) throw new Error('Conflicts in a benchmark');
}

async function undo(product: ServedProduct, id: string): Promise<string> {
  const { undoSafeMode } = await product.graphql<{ undoSafeMode: { id: string } }>(
    'mutation ($id: ID!) { undoSafeMode(id: $id) { id } }',
    { id },
  );
  return undoSafeMode.id;
}

/** Tables of the same make beside the product's; the config keys twice, so that both references change rows. */
async function copyTables(connection: Connection): Promise<void> {
  await connection.query('CREATE TABLE reference.change_entry LIKE product.change_entry');
  for (const table of ['rows_only', 'rows_with_log']) {
    await connection.query(`CREATE TABLE reference.${table} LIKE product.config_key`);
    await connection.query(`INSERT INTO reference.${table} SELECT * FROM product.config_key`);
  }
}

/** The rows that the last write of the product left, with its entries in the change log. */
async function lastWritten(connection: Connection): Promise<{ rows: unknown[][]; log: unknown[][] }> {
  const read = async (sql: string, values: unknown[] = []) => {
    const [rows] = await connection.query({ sql, values, rowsAsArray: true });
    return rows as unknown[][];
  };
  const [[unitId, revision, generationId]] = (await read(
    'SELECT id, revision, live_generation_id FROM product.unit ORDER BY revision DESC LIMIT 1',
  )) as [[string, number, string]];
  const entries = 'FROM product.change_entry e';
  return {
    rows: await read(
      `SELECT c.* ${entries} STRAIGHT_JOIN product.config_key c ON c.generation_id = ? AND c.id = e.object_id
        WHERE e.unit_id = ? AND e.revision = ? ORDER BY c.id`,
      [generationId, unitId, revision],
    ),
    log: await read(`SELECT e.* ${entries} WHERE e.unit_id = ? AND e.revision = ? ORDER BY e.number`, [
      unitId,
      revision,
    ]),
  };
}

async function inTransaction(connection: Connection, work: () => Promise<void>): Promise<void> {
  await connection.beginTransaction();
  await work();
  await connection.commit();
}
