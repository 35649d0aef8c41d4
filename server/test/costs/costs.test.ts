import { connect } from 'node:net';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sections } from '../../src/backup/format/rows/section';
import { pageSize, pageStatements } from '../../src/backup/sections/read';
import { type SqlValue } from '../../src/storage/database';
import { ConfigurationClient } from '../parts/configuration';
import { TestServer } from '../parts/running-server';
import { type Statement, Statements } from './statements';

/** What operations cost, in counts that do not wander: statements, rows, and how the database finds them. */
const keys = 60;
let server: TestServer;
let client: ConfigurationClient;
let statements: Statements;
beforeAll(async () => {
  server = await TestServer.start();
  client = await ConfigurationClient.ofAdmin(server);
  statements = new Statements(server.app.database);
  for (let number = 0; number < keys; number++)
    await client.setConfigKey(`key.${String(number).padStart(3, '0')}`, { value: { number } });
});
afterAll(() => server.stop());

const list = 'configKeys(first: 20) { nodes { id key value description secret } pageInfo { endCursor } }';
const tableOf = ({ sql }: Statement) => /(?:FROM|INTO|UPDATE)\s+`?"?(\w+)/i.exec(sql)?.[1];

test('a page of a list is three statements: who asks, the unit, the page and one row more', async () => {
  const sent = await statements.of(() => client.unit(list));
  expect(sent.map(tableOf)).toEqual(['session', 'unit', 'config_key']);
  expect(sent.at(-1)!.rows).toBe(21);
});

test('an edit of a config key costs the same, however many there are', async () => {
  const edit = (key: string) => statements.of(() => client.setConfigKey(key, { value: 'new' }));
  const [first, last] = [await edit('key.000'), await edit(`key.0${keys - 1}`)];
  expect(last.map(tableOf)).toEqual(first.map(tableOf));
  expect(first.length).toBeLessThanOrEqual(mostOfAnEdit);
  expect(Math.max(...first.map(({ rows }) => rows))).toBeLessThanOrEqual(1);
});
const mostOfAnEdit = 14;

test('the pages of an export, and those of a list, are found along an index and come in its order', async () => {
  const generationId = await liveGeneration();
  const size = await server.app.database.read((db) => Promise.resolve(pageSize(db)));
  for (const section of sections) {
    const { rows, children } = pageStatements(section);
    await expectIndexed(rows, [generationId, '', size]);
    // A page's children, a few for each owner, may be sorted once they are found.
    if (children) await expectIndexed(children, [generationId, 'a', 'b'], unindexedRead);
  }
  const [page] = (await statements.of(() => client.unit(list))).slice(-1);
  await expectIndexed(page!.sql, page!.parameters);
});

test('what an edit looks at is found along an index', async () => {
  const sent = await statements.of(() => client.setConfigKey('key.001', { value: 'newer' }));
  const reads = sent.filter(({ sql }) => /^SELECT[^]*FROM config_key/.test(sql));
  expect(reads.length).toBeGreaterThan(0);
  for (const { sql, parameters } of reads) await expectIndexed(sql.replace(/ FOR UPDATE$/, ''), parameters);
});

if (globalThis.testedDatabase === 'mariadb') {
  test('no column is named by a value: mysql2 compiles a reader of rows for each name, and keeps thousands', async () => {
    const readers = jest.requireActual<Readers>(
      path.join(path.dirname(require.resolve('mysql2')), 'lib/parsers/parser_cache.js'),
    );
    const asked = jest.spyOn(readers, 'getParser');
    await client.unit(list);
    await client.setConfigKey('key.002', { value: 'new' });
    const names = asked.mock.calls.flatMap(([, fields]) => fields.map(({ name }) => name));
    asked.mockRestore();
    expect(names).toContain('organisation_admin');
    expect(names.filter((name) => name.includes("'"))).toEqual([]);
  });
}
interface Readers {
  getParser(type: string, fields: readonly { name: string }[]): unknown;
}

test('of requests that come together each is begun in a turn of the event loop of its own', async () => {
  let turn = 0;
  let isOver = false;
  const counting = (async () => {
    for (; !isOver; turn++) await nextTurn();
  })();
  const begun: number[] = [];
  const actorOf = jest.spyOn(server.app.authenticator, 'actorOf').mockImplementation(() => {
    begun.push(turn);
    return Promise.resolve(undefined);
  });
  await allAtOnce(10);
  isOver = true;
  await counting;
  actorOf.mockRestore();
  expect(begun.length).toBeGreaterThan(1);
  expect(new Set(begun).size).toBe(begun.length);
});

/** Sends so many requests in one packet, and waits for their answers. */
async function allAtOnce(count: number): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const body = '{"query":"{ __typename }"}';
  const head = `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json`;
  const socket = connect(Number(port), hostname);
  socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`.repeat(count));
  let answers = '';
  for await (const bytes of socket) {
    answers += String(bytes);
    if (answers.split('{"data":{"__typename":"Query"}}').length > count) break;
  }
}

async function liveGeneration(): Promise<string> {
  const rows = await server.app.database.read((db) =>
    db.rows('SELECT live_generation_id FROM unit WHERE id = ?', [client.unitId]),
  );
  return rows[0]![0] as string;
}

/** Nothing of the plan is named that is not wanted: reading the whole table and, usually, sorting. */
async function expectIndexed(
  sql: string,
  parameters: readonly SqlValue[],
  unwanted = unindexed,
): Promise<void> {
  const { database } = server.app;
  const explain = database.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  const plan = await database.read((db) => db.rows(`${explain} ${sql}`, parameters));
  const words = plan.map((row) => row.join(' ')).join('\n');
  expect({ sql, words }).toEqual({ sql, words: expect.not.stringMatching(unwanted) as string });
}
const unindexedRead = /\bSCAN\b|\bALL\b/;
const unindexed = /\bSCAN\b|\bALL\b|TEMP B-TREE|filesort|temporary/;
