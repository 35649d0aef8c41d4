import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

declare global {
  /** Which database this run of the tests is about; set by jest.config.mjs. */
  var testedDatabase: 'sqlite' | 'mariadb';
  /** Pattern of the paths of suites that do not run as part of another one; set there, too. */
  var suitesApart: string;
  /** Two where each server of the tests is two behind a load balancer; else one. */
  var testedServers: 2 | undefined;
}

/** A fresh place for one server: a temporary data directory and, in the run on MariaDB, an empty database. */
export interface Place {
  dataDir: string;
  databaseUrl?: string;
  remove(): Promise<void>;
}

/** Settings of servers that run side by side at one place. */
export const sideBySide = (): Record<string, string> => ({ REDIS_URL: process.env.TEST_REDIS_URL! });

export async function aPlace(tested = globalThis.testedDatabase): Promise<Place> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'safeboard-test-'));
  const removeDirectory = () => rmSync(dataDir, { recursive: true, force: true });
  if (tested !== 'mariadb') return { dataDir, remove: () => Promise.resolve(removeDirectory()) };

  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  return {
    dataDir,
    databaseUrl: `mariadb://root@127.0.0.1:${process.env.TEST_MARIADB_PORT}/${name}`,
    remove: async () => {
      await administer(`DROP DATABASE ${name}`);
      removeDirectory();
    },
  };
}

async function administer(statement: string): Promise<void> {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({
    host: '127.0.0.1',
    port: Number(process.env.TEST_MARIADB_PORT),
    user: 'root',
  });
  await connection.query(statement);
  await connection.end();
}
