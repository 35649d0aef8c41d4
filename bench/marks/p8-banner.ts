import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { comparisonOf } from '../measure/compare';
import { cpuTime, memory } from '../measure/process';
import { partAt, reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { inScratch, onMariadb } from '../product/places';
import { ServedProduct } from '../product/served-product';
import { HelperProcess } from '../references/helper-process';
import { type RoundAnswer, type SubscribersOrder } from '../references/subscribers';

/** As the console asks for it. */
const query = `subscription ($unitId: ID!) { safeModeBanner(unitId: $unitId) {
  user { id name } safeModeId safeModeName relation since } }`;
const roles = ['READONLY', 'USER', 'POWER_USER', 'ADMIN'];

interface Round {
  latency: number;
  cpu: number;
}

/** A server with all its clients. */
interface Crowd {
  /** Bytes for each connection. */
  memory: number;
  round(): Promise<Round>;
  stop(): Promise<void>;
}

/** P8: telling everybody who has a page of the unit open, against a bare `ws` broadcast of one prepared text. */
export async function measureP8({ rounds, subscribers }: BenchOptions): Promise<void> {
  await inScratch((scratch) =>
    onMariadb(async (server) => {
      const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
      const ours = await ourCrowd(place, subscribers);
      const bare = await bareCrowd(subscribers);
      try {
        for (const crowd of [ours, bare]) await crowd.round();
        const pairs: [Round, Round][] = [];
        for (let round = 0; round < rounds; round++) pairs.push([await ours.round(), await bare.round()]);
        const part = (name: string) => partAt(name, subscribers, 5_000);
        for (const fact of ['latency', 'cpu'] as const) {
          const comparison = comparisonOf(pairs.map(([a, b]) => [a[fact], b[fact]]));
          reportComparison({ mark: 'P8', part: part(fact), goal: 1.3 }, comparison, { subscribers });
        }
        const memory = comparisonOf([[ours.memory, bare.memory]]);
        reportComparison({ mark: 'P8', part: part('memory'), goal: 1.5 }, memory, { subscribers });
      } finally {
        await ours.stop();
        await bare.stop();
      }
    }),
  );
}

async function ourCrowd(place: ServedProduct['place'], count: number): Promise<Crowd> {
  const product = await ServedProduct.start(place);
  const { startSafeMode } = await product.graphql<{ startSafeMode: { id: string } }>(
    'mutation ($input: StartSafeModeInput!) { startSafeMode(input: $input) { id } }',
    { input: { unitId: product.unitId, name: 'Plan' } },
  );
  const url = `${product.url.replace('http', 'ws')}/graphql`;
  let round = 0;
  return crowd(
    product.pid,
    { url, count, tokens: await tokensOf(product), query, unitId: product.unitId },
    // Timed from the request: what the server does before it tells anybody is part of it.
    async () => {
      const at = performance.timeOrigin + performance.now();
      await product.graphql(
        'mutation ($id: ID!, $name: String!) { renameSafeMode(id: $id, name: $name) { id } }',
        { id: startSafeMode.id, name: `Plan ${round++}` },
      );
      return at;
    },
    () => product.stop(),
  );
}

async function bareCrowd(count: number): Promise<Crowd> {
  const server = HelperProcess.start('broadcast-server.ts');
  const url = `ws://127.0.0.1:${await server.line<number>()}`;
  return crowd(
    server.pid,
    { url, count, tokens: [], query: '', unitId: '' },
    () => {
      server.tell('publish');
      return server.line<number>();
    },
    () => server.stop(),
  );
}

async function crowd(
  pid: number,
  order: SubscribersOrder,
  publish: () => Promise<number>,
  stop: () => Promise<void>,
): Promise<Crowd> {
  await pause(1_000);
  const before = memory(pid);
  const clients = HelperProcess.start('subscribers.ts', order);
  await clients.line();
  const taken = (memory(pid) - before) / order.count;
  return {
    memory: taken,
    async round() {
      clients.tell('round');
      await clients.line();
      const cpuBefore = cpuTime(pid);
      const at = await publish();
      const { last } = await clients.line<RoundAnswer>();
      return { latency: last - at, cpu: cpuTime(pid) - cpuBefore };
    },
    async stop() {
      await clients.stop();
      await stop();
    },
  };
}

/** API tokens, one for each role. */
async function tokensOf(product: ServedProduct): Promise<string[]> {
  const secrets: string[] = [];
  for (const role of roles) {
    const { createApiToken } = await product.graphql<{ createApiToken: { secret: string } }>(
      'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret } }',
      { input: { unitId: product.unitId, name: role, role } },
    );
    secrets.push(createApiToken.secret);
  }
  return secrets;
}
