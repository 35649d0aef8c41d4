import { MariadbServer } from './mariadb';
import { RedisServer } from './redis';

declare global {
  var mariadb: MariadbServer | undefined;
  var redis: RedisServer | undefined;
}

/**
 * Before the tests on MariaDB: one private server for all of them, of which each file takes a database of its own, and one
 * Redis for servers that share a database.
 */
export default async function setUp(): Promise<void> {
  [globalThis.mariadb, globalThis.redis] = await Promise.all([MariadbServer.start(), RedisServer.start()]);
  process.env.TEST_MARIADB_PORT = String(globalThis.mariadb.port);
  process.env.TEST_REDIS_URL = globalThis.redis.url;
}
