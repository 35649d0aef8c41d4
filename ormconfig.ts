import { mysqlDataSource, sqliteDataSource } from './server/src/storage/data-source';
import { readSettings } from './server/src/settings';

const { databaseUrl, dataDir } = readSettings();

/** The data source for TypeORM's command line; a promise, for a MySQL or MariaDB server is asked first which it is. */
export default databaseUrl ? mysqlDataSource(databaseUrl) : sqliteDataSource(dataDir, 'write');
