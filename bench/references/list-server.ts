/**
 * P7's reference, a process of its own: `list-server.ts <order as JSON>`. Answers each request with a page of plugins
 * by the SQL that the product reads them with. Prints its port.
 */
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createPool } from 'mysql2';

export interface ListServerOrder {
  databaseUrl: string;
  generationId: string;
  unitId: string;
}

interface Row extends Array<unknown> {
  0: string;
}

const { databaseUrl, generationId } = JSON.parse(process.argv[2]!) as ListServerOrder;
const pool = createPool({ uri: databaseUrl.replace('mariadb://', 'mysql://'), connectionLimit: 10 });

const rows = (sql: string, values: unknown[]): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    pool.query({ sql, values, rowsAsArray: true }, (error, found) =>
      error ? reject(error) : resolve(found as unknown as Row[]),
    );
  });

async function page(): Promise<object> {
  const plugins = await rows(
    `SELECT id, bundle, name_key, name, sort_key, manifest, manifest_url, enabled, configuration, permissions
       FROM plugin WHERE generation_id = ? ORDER BY sort_key ASC, id ASC LIMIT ?`,
    [generationId, 51],
  );
  const mappings = await rows(
    'SELECT plugin_id, required, target_plugin_id, name FROM plugin_mapping WHERE generation_id = ? AND plugin_id IN (?) ORDER BY plugin_id, required',
    [generationId, plugins.map(([id]) => id)],
  );
  const byPlugin = new Map<string, Record<string, unknown>>();
  for (const [id, required, target, name] of mappings) {
    const known = byPlugin.get(id) ?? {};
    byPlugin.set(id, { ...known, [required as string]: { target, name } });
  }
  const nodes = plugins.slice(0, 50).map((row) => {
    const [id, bundle, , name, , manifest, manifestUrl, enabled, configuration] = row;
    const parsed = JSON.parse(manifest as string) as { version: string };
    const settings = JSON.parse(configuration as string) as object;
    return {
      id,
      bundle,
      name,
      version: parsed.version,
      manifest: parsed,
      manifestUrl,
      enabled: Boolean(enabled),
      configuration: settings,
    };
  });
  const last = nodes.at(-1);
  const pageInfo = { hasNextPage: plugins.length > 50, endCursor: last?.id ?? null };
  return { data: { unit: { plugins: { nodes, pageInfo } } } };
}

const server = createServer((request, response) => {
  request.resume();
  page().then(
    (body) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
