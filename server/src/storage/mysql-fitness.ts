import { type PoolConnection } from 'mysql2';
import semver from 'semver';
import { type DataSource } from 'typeorm';
import { placeholders } from './database';
import { type MysqlPool } from './mysql-pool';
import { pairs, rowsOf } from './mysql-session';
import { UnfitDatabase } from './unfit-database';

type Dialect = 'mysql' | 'mariadb';

const oldest = { mariadb: '10.11.0', mysql: '8.0.0' };
const serverNames = { mariadb: 'MariaDB', mysql: 'MySQL' };
/** Collations that compare byte by byte, as the migrations set them. */
const collations = { mariadb: 'utf8mb4_nopad_bin', mysql: 'utf8mb4_0900_bin' };

/**
 * Looks at what no session can set for itself. Throws `UnfitDatabase`. People write mysql:// for both kinds of server,
 * which differ in collations and in what they say of columns: so the server is asked which it is.
 *
 * @param largestValue bytes of the largest value that is written
 */
export async function mustBeFit(pool: MysqlPool, largestValue: number): Promise<Dialect> {
  const connection = await pool.connect();
  try {
    const [row] = await rowsOf(connection, 'SELECT VERSION()');
    const version = String(row?.[0]);
    const dialect = version.includes('MariaDB') ? 'mariadb' : 'mysql';
    mustBeNone([
      ...versionFaults(dialect, version),
      ...variableFaults(await variables(connection), largestValue),
    ]);
    return dialect;
  } finally {
    connection.release();
  }
}

function versionFaults(dialect: Dialect, version: string): string[] {
  const [number] = /\d+\.\d+\.\d+/.exec(version) ?? ['0.0.0'];
  if (semver.gte(number, oldest[dialect])) return [];
  const name = serverNames[dialect];
  return [`It is ${name} ${number}: upgrade it to ${name} ${oldest[dialect]} or later.`];
}

const variables = (connection: PoolConnection) =>
  pairs(
    connection,
    "SHOW VARIABLES WHERE Variable_name IN ('max_allowed_packet', 'log_bin', 'binlog_format')",
  );

/** @param largestValue a value is sent as part of a statement, in which each of its signs may need a backslash before it */
export function variableFaults(found: ReadonlyMap<string, string>, largestValue: number): string[] {
  const faults: string[] = [];
  const packet = Number(found.get('max_allowed_packet'));
  const needed = 2 * largestValue;
  if (packet < needed) {
    faults.push(
      `max_allowed_packet is ${packet}: set it to ${needed} or more (twice BACKUP_MAX_LINE_BYTES), or lower BACKUP_MAX_LINE_BYTES.`,
    );
  }
  if (found.get('log_bin') === 'ON' && found.get('binlog_format') === 'STATEMENT') {
    faults.push('binlog_format is STATEMENT, which cannot log READ COMMITTED: set it to ROW or MIXED.');
  }
  return faults;
}

/**
 * Throws `UnfitDatabase` where texts would not be compared byte by byte. Migrations see to that, but tables may have been
 * put there by other means, such as a dump that was converted.
 */
export async function mustCompareBytes(source: DataSource): Promise<void> {
  const dialect = source.options.type as Dialect;
  const tables = source.entityMetadatas.map(({ tableName }) => tableName);
  const found = await source.query<{ place: string; collation: string }[]>(
    `SELECT CONCAT(table_name, '.', column_name) AS place, collation_name AS collation
       FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name IN (${placeholders(tables.length)}) AND collation_name <> ?
      ORDER BY 1 LIMIT 5`,
    [...tables, collations[dialect]],
  );
  mustBeNone(
    found.map(
      ({ place, collation }) => `${place} has the collation ${collation}: it must be ${collations[dialect]}.`,
    ),
  );
}

function mustBeNone(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new UnfitDatabase(`The database does not fit:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}
