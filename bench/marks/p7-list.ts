import path from 'node:path';
import { Agent, request } from 'undici';
import { comparisonOf, quantile } from '../measure/compare';
import { cpuTime } from '../measure/process';
import { reportComparison } from '../measure/results';
import { type BenchOptions } from '../options';
import { inScratch, liveGeneration, onMariadb } from '../product/places';
import { ServedProduct } from '../product/served-product';
import { HelperProcess } from '../references/helper-process';
import { type ListServerOrder } from '../references/list-server';

const plugins = 60;
/** Requests under way at once. */
const lanes = 4;

const listQuery = `query ($unit: ID!) { unit(id: $unit) { plugins(first: 50) {
  nodes { id bundle name version manifest manifestUrl enabled configuration } pageInfo { hasNextPage endCursor } } } }`;

/** Sends one request and reads all of its answer. */
type Send = () => Promise<void>;

/** P7: a list of 50 objects with 8 fields on MariaDB, against `node:http` with the same SQL and `JSON.stringify`. */
export async function measureP7({ rounds, requests }: BenchOptions): Promise<void> {
  await inScratch((scratch) =>
    onMariadb(async (server) => {
      const place = { dataDir: path.join(scratch, 'data'), databaseUrl: server.url('product') };
      const product = await ServedProduct.start(place);
      await installPlugins(product);
      const order: ListServerOrder = {
        databaseUrl: place.databaseUrl,
        generationId: await liveGeneration(product),
        unitId: product.unitId,
      };
      const reference = HelperProcess.start('list-server.ts', order);
      const agent = new Agent({ connections: lanes });
      try {
        const port = await reference.line<number>();
        const ours = sending(agent, `${product.url}/graphql`, product.credentials, {
          query: listQuery,
          variables: { unit: product.unitId },
        });
        const theirs = sending(agent, `http://127.0.0.1:${port}/`, {}, {});
        for (const send of [ours, theirs]) await load(send, requests);
        const pairs: { cpu: [number, number]; p99: [number, number] }[] = [];
        for (let round = 0; round < rounds; round++) {
          const a = await loaded(product.pid, ours, requests);
          const b = await loaded(reference.pid, theirs, requests);
          pairs.push({ cpu: [a.cpu, b.cpu], p99: [a.p99, b.p99] });
        }
        const cpu = comparisonOf(pairs.map((pair) => pair.cpu));
        reportComparison({ mark: 'P7', part: 'cpu', goal: 1.67 }, cpu, { requests });
        const p99 = comparisonOf(pairs.map((pair) => pair.p99));
        reportComparison({ mark: 'P7', part: 'p99', goal: 2 }, p99, { requests });
      } finally {
        await agent.close();
        await reference.stop();
        await product.stop();
      }
    }),
  );
}

async function installPlugins(product: ServedProduct): Promise<void> {
  for (let number = 0; number < plugins; number++) {
    const bundle = `org.example.plugin-${String(number).padStart(3, '0')}`;
    await product.graphql(
      'mutation ($input: InstallPluginInput!) { installPlugin(input: $input) { plugin { id } } }',
      {
        input: {
          unitId: product.unitId,
          manifest: { bundle, name: `Plugin ${number}`, version: '1.0.0', author: { name: 'Somebody' } },
          configuration: { endpoint: `https://example.org/${number}`, limit: number },
        },
      },
    );
  }
}

function sending(agent: Agent, url: string, headers: Record<string, string>, body: object): Send {
  const sent = {
    dispatcher: agent,
    method: 'POST' as const,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return async () => {
    const answer = await request(url, sent);
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || text.includes('"errors"')) throw new Error(text.slice(0, 500));
  };
}

/** Processor time of one request and its slowest hundredth, milliseconds. */
async function loaded(pid: number, send: Send, requests: number): Promise<{ cpu: number; p99: number }> {
  const before = cpuTime(pid);
  const times = await load(send, requests);
  return { cpu: (cpuTime(pid) - before) / requests, p99: quantile(times, 0.99) };
}

async function load(send: Send, requests: number): Promise<number[]> {
  const times: number[] = [];
  let left = requests;
  const lane = async () => {
    while (left-- > 0) {
      const start = performance.now();
      await send();
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return times;
}
