import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection } from 'mysql2/promise';
import type * as openDatabaseModule from '../../server/src/storage/open-database';
import { type Database } from '../../server/src/storage/database';
import { MariadbServer } from '../../server/test/parts/mariadb';
import { compiled } from './compiled';
import { fill, type Size, sizes } from './content';
import { type ProductPlace, ServedProduct } from './served-product';

const { openDatabase } = compiled<typeof openDatabaseModule>('storage/open-database.js');

/** A temporary directory, gone when the work is over. */
export async function inScratch<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(path.join(tmpdir(), 'safeboard-bench-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A private MariaDB with two empty databases, `product` and `reference`. */
export async function onMariadb<T>(work: (server: MariadbServer) => Promise<T>): Promise<T> {
  const server = await MariadbServer.start(true);
  try {
    const connection = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
    await connection.query('CREATE DATABASE product');
    await connection.query('CREATE DATABASE reference');
    await connection.end();
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** The database of a place beside its server: for data that is set up, and looked at, without being measured. */
export async function withDatabase<T>(
  place: ProductPlace,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(place);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** A started server whose unit has so many config keys. */
export async function servedAt(
  place: ProductPlace,
  size: Size,
  settings: Record<string, string> = {},
): Promise<ServedProduct> {
  const product = await ServedProduct.start(place, settings);
  const generation = await liveGeneration(product);
  await withDatabase(place, (database) => fill(database, generation, sizes[size]));
  return product;
}

export async function liveGeneration({ place, unitId }: ServedProduct): Promise<string> {
  const rows = await withDatabase(place, (database) =>
    database.read((db) => db.rows('SELECT live_generation_id FROM unit WHERE id = ?', [unitId])),
  );
  return rows[0]![0] as string;
}

/** Removes the rows of generations that imports have replaced, which the server itself keeps for a day. */
export async function dropReplaced({ place }: ServedProduct): Promise<void> {
  await withDatabase(place, (database) =>
    database.transaction((db) =>
      db.run(
        "DELETE FROM config_key WHERE generation_id IN (SELECT id FROM generation WHERE state = 'RETIRED')",
      ),
    ),
  );
}
