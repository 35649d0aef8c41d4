/** After the tests on MariaDB. */
export default async function tearDown(): Promise<void> {
  await globalThis.mariadb?.stop();
  await globalThis.redis?.stop();
}
