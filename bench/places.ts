import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection } from 'mysql2/promise';
import { MariadbServer } from '../server/test/parts/mariadb';
import { openProduct, type Product, type ProductPlace } from './product';
import { type ClientPlace } from './reference';

/** A product on MariaDB and one on SQLite, and an empty database for the references; all in temporary places. */
export interface Places {
  mariadb: Product;
  sqlite: Product;
  places: { mariadb: ProductPlace; sqlite: ProductPlace };
  /** Where the references read from, and where they load to. */
  source: ClientPlace;
  target: ClientPlace;
  scratch: string;
  close(): Promise<void>;
}

export async function openPlaces(workFactor?: number): Promise<Places> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'safeboard-bench-'));
  const server = await MariadbServer.start();
  const connection = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
  await connection.query('CREATE DATABASE product');
  await connection.query('CREATE DATABASE reference');
  await connection.end();

  const places = {
    mariadb: { dataDir: path.join(scratch, 'mariadb'), databaseUrl: server.url('product') },
    sqlite: { dataDir: path.join(scratch, 'sqlite') },
  };
  const mariadb = await openProduct(places.mariadb, workFactor);
  const sqlite = await openProduct(places.sqlite, workFactor);
  return {
    mariadb,
    sqlite,
    places,
    source: { port: server.port, database: 'product' },
    target: { port: server.port, database: 'reference' },
    scratch,
    async close() {
      await mariadb.close();
      await sqlite.close();
      await server.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
