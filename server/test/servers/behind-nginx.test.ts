import { randomBytes } from 'node:crypto';
import { insist, keepDoing } from '../cluster/parts/insistent';
import { toUploads } from '../backup/parts/http';
import { ConfigurationClient } from '../parts/configuration';
import { describeWith } from '../parts/describe-with';
import { freePort } from '../parts/free-port';
import { Nginx } from '../parts/nginx';
import { aPlace, type Place, sideBySide } from '../parts/place';
import { type Credentials, ServedApi, TestServer } from '../parts/running-server';
import { swiftPrograms } from '../parts/swift';
import { aBucket, type Bucket } from '../parts/swift-bucket';
import { BackupClient } from './parts/backup-client';
import { FollowingPage } from './parts/following-page';

const MiB = 1024 * 1024;
const describeBehindNginx = (title: string, tests: () => void) =>
  globalThis.testedDatabase === 'mariadb'
    ? describeWith([...swiftPrograms, 'nginx'], title, tests)
    : describe.skip(title, tests);

/** The servers as clients have them, who know the proxy only. */
class Proxied extends ServedApi {
  constructor(readonly url: string) {
    super();
  }
}

describeBehindNginx('two servers behind nginx as docker/ configures it', () => {
  let place: Place;
  let bucket: Bucket;
  let ports: number[];
  let servers: TestServer[];
  let nginx: Nginx;
  let proxied: Proxied;
  let as: Credentials;
  let unitId: string;
  let pages: FollowingPage[] = [];

  const startAt = (port: number) =>
    TestServer.start(
      {
        ...bucket.environment,
        ...sideBySide(),
        LOG_LEVEL: 'silent',
        PORT: String(port),
        TRUST_PROXY: '1',
        DRAIN_DELAY_SECONDS: '1',
      },
      place,
    );

  beforeAll(async () => {
    [place, bucket, ports] = [await aPlace(), await aBucket(), [await freePort(), await freePort()]];
    servers = [await startAt(ports[0]!), await startAt(ports[1]!)];
    nginx = await Nginx.before(ports);
    proxied = new Proxied(nginx.url);
    as = await proxied.signIn();
    unitId = await proxied.firstUnitId(as);
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
  });
  afterAll(async () => {
    await nginx?.stop();
    for (const server of servers) await server.halt();
    await bucket.remove();
    await place.remove();
  });

  test('a backup goes out and comes back in, and files are let through that requests are not', async () => {
    const client = new ConfigurationClient(proxied, unitId, as, 'none');
    const backups = new BackupClient(proxied, unitId, as);
    // Does not become smaller when it is packed, and is more than nginx keeps in memory.
    for (let part = 0; part < 2; part++)
      await client.setConfigKey(`large ${part}`, { value: randomBytes(1.5 * MiB).toString('base64') });
    const exporting = await backups.beginExport();
    expect((await backups.ended(exporting)).state).toBe('DONE');
    const file = await backups.download(exporting);
    expect(file.length).toBeGreaterThan(3 * MiB);
    await client.setConfigKey('large 0', { value: 'gone' });
    const importing = await backups.beginImport(await backups.plan(file));
    expect((await backups.ended(importing)).state).toBe('DONE');
    const { configKey } = await client.unit<{ configKey: { value: string } }>(
      'configKey(key: "large 0") { value }',
    );
    expect(configKey.value).toHaveLength(2 * MiB);

    const large = randomBytes(22 * MiB);
    const upload = await toUploads(proxied, as, 'POST', `?unitId=${unitId}`, { body: large });
    expect(upload.status).toBe(201);
    const refused = await fetch(`${nginx.url}/graphql`, { method: 'POST', body: large });
    expect(refused.status).toBe(413);
  });

  test('what a client says of its own address counts for nothing', async () => {
    const wrong = { email: 'nobody@example.org', password: 'wrong password' };
    const query =
      'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }';
    for (const forged of ['192.0.2.1', '192.0.2.2'])
      await proxied.graphql(query, wrong, {}, { 'X-Forwarded-For': forged });
    const rows = await servers[0]!.app.database.read((db) =>
      db.rows("SELECT detail FROM audit WHERE event = 'SIGN_IN_FAILED'"),
    );
    const address = JSON.stringify({ address: '127.0.0.1' });
    expect(rows.map(([detail]) => detail)).toEqual([address, address]);
  });

  test('servers are replaced one after the other while requests run: none is lost, and pages are sent to the other one', async () => {
    pages = await Promise.all([1, 2].map(() => FollowingPage.open(nginx.url, unitId, as)));
    const client = new ConfigurationClient(proxied, unitId, as, 'none');
    const before = await client.revision();
    const writers = [1, 2, 3, 4].map((number) =>
      keepDoing((value) =>
        insist(() =>
          client.setConfigKey(`writer ${number}`, { value, operationId: `writer ${number}: ${value}` }),
        ).then(() => undefined),
      ),
    );
    for (const [index, port] of ports.entries()) {
      await servers[index]!.halt();
      servers[index] = await startAt(port);
    }
    const counts = await Promise.all(writers.map((stop) => stop()));
    const { configKeys } = await client.unit<{ configKeys: { nodes: { key: string; value: unknown }[] } }>(
      'configKeys(first: 100) { nodes { key value } }',
    );
    for (const [index, count] of counts.entries())
      expect(configKeys.nodes).toContainEqual({ key: `writer ${index + 1}`, value: count });
    const revision = await client.revision();
    expect(revision).toBe(before + counts.reduce((sum, count) => sum + count, 0));
    for (const page of pages) {
      await page.until(() => page.told.at(-1)!.revision === revision);
      expect(page.closings.length).toBeGreaterThan(0);
      expect(new Set(page.closings)).toEqual(new Set([1012]));
    }
  });
});
