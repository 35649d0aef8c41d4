import { type DatabaseLocation } from './data-source';
import { type Database } from './database';
import { addressOf } from './database-url';
import { MysqlDatabase } from './mysql-database';
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
  return databaseUrl
    ? MysqlDatabase.open(addressOf(databaseUrl), largestValue)
    : SqliteDatabase.open(dataDir);
}
