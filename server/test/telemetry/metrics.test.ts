import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Credentials, credentialHeaders, TestServer } from '../parts/running-server';

let server: TestServer;
let admin: Credentials;
let unitId: string;

beforeAll(async () => {
  server = await TestServer.start({ METRICS_PORT: '0' });
  admin = await server.signIn();
  unitId = await server.firstUnitId(admin);
});
afterAll(() => server.stop());

const metrics = async () => (await fetch(server.metricsUrl)).text();

/** The value of a sample as it stands in the answer, nothing where there is none. */
async function sample(name: string): Promise<number | undefined> {
  const line = (await metrics()).split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

/** Waits until a sample has the value: what is counted after an answer may come a moment later. */
async function untilSampleIs(name: string, value: number): Promise<void> {
  while ((await sample(name)) !== value) await new Promise((resolve) => setImmediate(resolve));
}

test('requests, operations and errors are counted by what they are, not by what callers call them', async () => {
  await server.graphql('query AnyName { viewer { id } }', {}, admin);
  await server.graphql('{ unit(id: "none") { id } }');
  await fetch(`${server.url}/invitation/anything`);
  const text = await metrics();
  expect(text).toMatch(
    /safeboard_http_request_duration_seconds_count\{route="\/graphql",method="POST",status="200"\} \d/,
  );
  expect(text).toMatch(
    /safeboard_graphql_operation_duration_seconds_count\{type="query",field="viewer"\} \d/,
  );
  expect(text).toMatch(/safeboard_graphql_errors_total\{code="UNAUTHENTICATED"\} 1/);
  expect(text).not.toMatch(/AnyName|anything/);
});

test('the process is watched: event loop, memory', async () => {
  const text = await metrics();
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'nodejs_heap_size_used_bytes',
    'process_cpu_seconds_total',
  ])
    expect(text).toMatch(new RegExp(`^${name} [\\d.e-]+$`, 'm'));
});

test('a job and what it does with database and files are counted', async () => {
  const { data } = await server.graphql<{ exportBackup: { id: string } }>(
    'mutation ($input: ExportBackupInput!) { exportBackup(input: $input) { id } }',
    { input: { unitId, password: 'a long password' } },
    admin,
  );
  await server.app.backups.jobs.ended(data.exportBackup.id);
  await untilSampleIs('safeboard_jobs_ended_total{kind="EXPORT",state="DONE"}', 1);
  expect(await sample('safeboard_jobs_running{kind="EXPORT"}')).toBe(0);
  expect(await sample('safeboard_jobs_waiting{kind="EXPORT"}')).toBe(0);
  expect(await sample('safeboard_object_store_duration_seconds_count{request="put",outcome="done"}')).toBe(1);
  expect(await sample('safeboard_database_duration_seconds_count{work="snapshot",outcome="done"}')).toBe(1);
  await untilSampleIs('safeboard_database_active', 0);
  await untilSampleIs('safeboard_database_waiting', 0);
});

test('listeners are counted while they listen, with what reaches them', async () => {
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers: credentialHeaders(admin) });
      }
    },
  });
  const query = 'subscription ($unitId: ID!) { unitChanged(unitId: $unitId) { revision } }';
  const stream = client.iterate({ query, variables: { unitId } });
  await stream.next();
  await untilSampleIs('safeboard_sockets_open', 1);
  await untilSampleIs('safeboard_subscriptions_open{field="unitChanged"}', 1);
  await untilSampleIs('safeboard_listeners_open{topic="unitChanged"}', 1);

  const published = (await sample('safeboard_messages_published_total{topic="unitChanged"}')) ?? 0;
  await server.graphql(
    'mutation ($unitId: ID!) { setConfigKey(input: {unitId: $unitId, key: "k", value: 1}) { configKey { key } } }',
    { unitId },
    admin,
  );
  await stream.next();
  expect(await sample('safeboard_messages_published_total{topic="unitChanged"}')).toBe(published + 1);
  await untilSampleIs('safeboard_messages_delivered_total{topic="unitChanged"}', 1);

  await stream.return!();
  await client.dispose();
  await untilSampleIs('safeboard_subscriptions_open{field="unitChanged"}', 0);
  await untilSampleIs('safeboard_listeners_open{topic="unitChanged"}', 0);
  await untilSampleIs('safeboard_sockets_open', 0);
});

test('they are nowhere on the port of API and console', async () => {
  expect(await (await fetch(`${server.url}/metrics`)).text()).not.toContain('safeboard_');
});
