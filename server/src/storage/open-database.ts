import { type DatabaseLocation } from './data-source';
import { type Database } from './database';
import { MysqlDatabase } from './mysql-database';
import { SqliteDatabase } from './sqlite-database';

/** Opens the database that the settings name, migrated to this version. */
export function openDatabase({ databaseUrl, dataDir }: DatabaseLocation): Promise<Database> {
  return databaseUrl ? MysqlDatabase.open(databaseUrl) : SqliteDatabase.open(dataDir);
}
