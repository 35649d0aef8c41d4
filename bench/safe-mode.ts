import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Connection, createConnection } from 'mysql2/promise';
import { MariadbServer } from '../server/test/parts/mariadb';
import { type Board, openBoard } from './board';
import { sizes } from './content';
import { compare, median, report } from './measure';

const rounds = 7;
const previewed = 1_000;
const applied = 10_000;
/** Rows of one statement of the reference. */
const batch = 500;

const listQuery = `query ($unit: ID!, $after: String) { unit(id: $unit) { configKeys(first: 50, after: $after) {
  nodes { id key value description secret } pageInfo { hasNextPage endCursor } } } }`;
const recordMutation = `mutation ($unitId: ID!, $key: String!, $value: JSON!) {
  setConfigKey(input: { unitId: $unitId, key: $key, value: $value }) { safeMode { taskCount } } }`;

/** P9 and P10: applying and previewing large safe modes, on both databases, over 100,000 config keys. */
export async function measureSafeModes(): Promise<void> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'safeboard-bench-'));
  const server = await MariadbServer.start();
  const connection = await createConnection({ host: '127.0.0.1', port: server.port, user: 'root' });
  try {
    await connection.query('CREATE DATABASE board');
    const mariadb = { dataDir: path.join(scratch, 'mariadb'), databaseUrl: server.url('board') };
    const places = { mariadb, sqlite: { dataDir: path.join(scratch, 'sqlite') } };
    for (const database of ['mariadb', 'sqlite'] as const) {
      const board = await openBoard(places[database], sizes.M);
      try {
        await measurePreview(board, database);
        if (database === 'mariadb') await measureApply(board, connection);
      } finally {
        await board.close();
      }
    }
  } finally {
    await connection.end();
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** P10, and how long recording into a large safe mode takes. */
async function measurePreview(board: Board, database: string): Promise<void> {
  const safeMode = await board.safeModeOf(previewed - 100, 'preview');
  const empty = await board.safeModeOf(1, 'nearly empty');
  const pages = async (header: string) => {
    let after: string | null = null;
    for (let page = 0; page < 20; page++) {
      const { unit }: PageAnswer = await board.graphql(listQuery, { unit: board.unitId, after }, header);
      after = unit.configKeys.pageInfo.endCursor;
    }
  };
  await pages(safeMode);
  const preview = await compare(
    rounds,
    () => pages(safeMode),
    () => pages('none'),
  );
  report({
    name: `P10 preview of ${previewed} tasks ${database}`,
    value: preview.ratio,
    mark: 1.5,
    facts: { overlaidMs: preview.ours / 20, liveMs: preview.reference / 20 },
  });

  let count = 0;
  const record = (header: string) => async () => {
    const recorded = { unitId: board.unitId, key: `recorded-${count++}`, value: { note: 'recorded' } };
    await board.graphql(recordMutation, recorded, header);
  };
  const recording = await compare(25, record(safeMode), record(empty));
  report({
    name: `Recording at ${previewed} tasks against at 25 tasks ${database}`,
    value: recording.ratio,
    mark: 10,
    facts: { largeMs: recording.ours, smallMs: recording.reference },
  });
}

interface PageAnswer {
  unit: { configKeys: { pageInfo: { endCursor: string | null } } };
}

/** P9: the same rows changed by hand, in a table beside the product's. */
async function measureApply(board: Board, connection: Connection): Promise<void> {
  await connection.query('CREATE DATABASE reference');
  await connection.query('CREATE TABLE reference.config_key LIKE board.config_key');
  await connection.query('INSERT INTO reference.config_key SELECT * FROM board.config_key');
  let round = 0;
  const times: number[] = [];
  const applying = async () => {
    const time = await board.apply(await board.safeModeOf(applied, `round ${round++}`));
    times.push(time);
    return time;
  };
  const ids = [...(await board.values(applied)).keys()];
  const byHand = async () => {
    const value = JSON.stringify({ mark: `hand ${round}`, note: 'x'.repeat(190) });
    const start = performance.now();
    await connection.beginTransaction();
    for (let at = 0; at < ids.length; at += batch)
      await writeByHand(connection, ids.slice(at, at + batch), value);
    await connection.commit();
    return performance.now() - start;
  };
  const apply = await compare(rounds, applying, byHand);
  report({
    name: `P9 apply ${applied} tasks mariadb`,
    value: apply.ratio,
    mark: 1.5,
    facts: { oursMs: apply.ours, referenceMs: apply.reference, medianMs: Math.round(median(times)) },
  });
}

/** Locks the rows and overwrites them, in one statement each. */
async function writeByHand(connection: Connection, ids: readonly string[], value: string): Promise<void> {
  const [rows] = await connection.query({
    sql: 'SELECT generation_id, id, sort_key, description, secret FROM reference.config_key WHERE id IN (?) FOR UPDATE',
    values: [ids],
    rowsAsArray: true,
  });
  const written = (rows as unknown[][]).map(([generation, id, key, description, secret]) => [
    generation,
    id,
    key,
    value,
    description,
    secret,
  ]);
  await connection.query(
    `INSERT INTO reference.config_key (generation_id, id, sort_key, value, description, secret) VALUES ?
     ON DUPLICATE KEY UPDATE value = VALUES(value)`,
    [written],
  );
}
