import { sqliteDataSource } from './server/src/storage/data-source';
import { addressOf } from './server/src/storage/database-url';
import { connectMysql } from './server/src/storage/mysql-database';
import { readSettings } from './server/src/settings';

const { databaseUrl, dataDir, limits } = readSettings();

/** The data source for TypeORM's command line; a promise, for a MySQL or MariaDB server is asked first which it is. */
export default databaseUrl
  ? connectMysql(addressOf(databaseUrl), limits.lineBytes).then(({ source }) => source)
  : sqliteDataSource(dataDir, 'write');
