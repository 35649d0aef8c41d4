import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const program = path.join(__dirname, '../../server/dist/main.js');

/** Of every backup. */
export const password = 'a password for benchmarks';
export const admin = { email: 'bench@example.org', password: 'a password for benchmarks' };
export const serverKey = '5afe'.repeat(16);

/** With PROFILE_DIR set, each server leaves a profile of its processor time there. */
const profiling = (): string[] =>
  process.env.PROFILE_DIR ? ['--cpu-prof', `--cpu-prof-dir=${process.env.PROFILE_DIR}`] : [];

export interface ProductPlace {
  dataDir: string;
  databaseUrl?: string;
}

/** The settings of every server of a place. */
export const settingsOf = ({ dataDir, databaseUrl }: ProductPlace): Record<string, string> => ({
  PORT: '0',
  DATA_DIR: dataDir,
  ...(databaseUrl && { DATABASE_URL: databaseUrl }),
  SERVER_KEY: serverKey,
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  LOG_LEVEL: 'error',
  BACKUP_MAX_UPLOAD_BYTES: String(4e9),
});

/** The started server as its users have it, with the first admin signed in. */
export class ServedProduct {
  private cookie = '';
  private socket: Client | undefined;
  unitId = '';

  private constructor(
    readonly place: ProductPlace,
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  /** @param options of Node.js itself */
  static async start(
    place: ProductPlace,
    settings: Record<string, string> = {},
    options: readonly string[] = [],
  ): Promise<ServedProduct> {
    const server = spawn(process.execPath, [...profiling(), ...options, program], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...settingsOf(place), ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const product = new ServedProduct(place, server, await addressTold(server));
    await product.signIn();
    return product;
  }

  get pid(): number {
    return this.process.pid!;
  }

  get credentials(): Record<string, string> {
    return { cookie: this.cookie, 'Apollo-Require-Preflight': 'true' };
  }

  /** The data of a request in a safe mode, or live. */
  async graphql<T>(query: string, variables: object = {}, safeMode = 'none'): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Safe-Mode': safeMode, cookie: this.cookie },
      body: JSON.stringify({ query, variables }),
    });
    this.cookie ||= response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const { data, errors } = (await response.json()) as { data: T; errors?: object[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** What a subscription sends. */
  follow<T>(query: string, variables: Record<string, unknown>): AsyncIterableIterator<T> {
    const headers = { cookie: this.cookie };
    this.socket ??= createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers });
        }
      },
    });
    return dataOf(this.socket.iterate<T>({ query, variables }));
  }

  async stop(): Promise<void> {
    await this.socket?.dispose();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }

  private async signIn(): Promise<void> {
    await this.graphql(
      'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }',
      admin,
    );
    const { viewer } = await this.graphql<{ viewer: { units: { unit: { id: string } }[] } }>(
      '{ viewer { units { unit { id } } } }',
    );
    this.unitId = viewer.units[0]!.unit.id;
  }
}

async function* dataOf<T>(
  answers: AsyncIterableIterator<{ data?: T | null; errors?: unknown }>,
): AsyncIterableIterator<T> {
  for await (const { data, errors } of answers) {
    if (errors || !data) throw new Error(JSON.stringify(errors));
    yield data;
  }
}

/** The address that the server greets with. */
async function addressTold(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout! })) {
    const port = /is at http:\/\/localhost:(\d+)/.exec(line)?.[1];
    if (port) {
      server.stdout!.resume();
      return `http://127.0.0.1:${port}`;
    }
  }
  throw new Error('The server did not start');
}
