import { type DatabaseLocation } from './data-source';
import { type Database } from './database';
import { addressOf } from './database-url';
import type * as Mysql from './mysql-database';
import { SqliteDatabase } from './sqlite-database';

/**
 * Opens the database that the settings name, migrated to this version. Throws `UnfitDatabase`.
 *
 * @param largestValue bytes of the largest value that is written
 */
export function openDatabase(
  { databaseUrl, dataDir }: DatabaseLocation,
  largestValue = 0,
): Promise<Database> {
  if (!databaseUrl) return SqliteDatabase.open(dataDir);
  // With it comes the driver, which is loaded only where it is used.
  const { MysqlDatabase } = require('./mysql-database') as typeof Mysql;
  return MysqlDatabase.open(addressOf(databaseUrl), largestValue);
}
