import { MariadbServer } from './mariadb';

declare global {
  var mariadb: MariadbServer | undefined;
}

/** Before the tests on MariaDB: one private server for all of them; each file takes a database of its own. */
export default async function setUp(): Promise<void> {
  globalThis.mariadb = await MariadbServer.start();
  process.env.TEST_MARIADB_PORT = String(globalThis.mariadb.port);
}
