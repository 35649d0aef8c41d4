import { type DestinationStream } from 'pino';
import 'reflect-metadata';
import { type App, createApp } from '../../src/app';
import { type RunningServer, startServer } from '../../src/http/server';
import { createLogger } from '../../src/logger';
import { type Checkpoint } from '../../src/checkpoint';
import { readSettings, type Settings } from '../../src/settings';
import { aPlace, type Place, sideBySide } from './place';
import { RoundRobin } from './round-robin';
import type * as Buckets from './swift-bucket';

export const admin = { email: 'admin@example.org', password: 'correct horse battery' };

/** An error of an answer, as clients see it. */
export interface ApiError {
  message: string;
  extensions: { code: string; [fact: string]: unknown };
}

export interface Answer<T> {
  data: T;
  errors?: ApiError[];
}

/** Who a request is sent as: a session cookie or an API token; nobody if left out. */
export interface Credentials {
  cookie?: string;
  token?: string;
}

/** A server as its clients have it: over HTTP, wherever it runs. */
export abstract class ServedApi {
  abstract readonly url: string;

  async graphql<T = Record<string, never>>(
    query: string,
    variables: object = {},
    as: Credentials = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credentialHeaders(as), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<T>;
  }

  /** Signs in and answers the cookie. */
  async signIn({ email, password } = admin): Promise<Credentials> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }',
        variables: { email, password },
      }),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(`Could not sign in as ${email}: ${await response.text()}`);
    return { cookie };
  }

  /** The id of the first unit of who is signed in. */
  async firstUnitId(as: Credentials): Promise<string> {
    const { data } = await this.graphql<{ viewer: { units: { unit: { id: string } }[] } }>(
      '{ viewer { units { unit { id } } } }',
      {},
      as,
    );
    return data.viewer.units[0]!.unit.id;
  }
}

/** Where the files of places are, for servers that start again there. */
const buckets = new WeakMap<Place, Buckets.Bucket>();

async function bucketOf(place: Place): Promise<Buckets.Bucket> {
  // With it comes the SDK, which is loaded only where it is used.
  const { aBucket } = require('./swift-bucket') as typeof Buckets;
  const bucket = buckets.get(place) ?? (await aBucket());
  buckets.set(place, bucket);
  return bucket;
}

interface Instance {
  app: App;
  server: RunningServer;
}

/**
 * A server of its own, in this process, on a free port and a fresh place. In the run on several servers it is two at
 * one place, with their files in a bucket of their own, and requests go to each in turn.
 */
export class TestServer extends ServedApi {
  private constructor(
    readonly place: Place,
    private readonly instances: readonly Instance[],
    private readonly balancer: RoundRobin | undefined,
  ) {
    super();
  }

  /**
   * With the admin of this file, and a first unit named "Newsroom" unless the environment says otherwise.
   *
   * @param checkpoint told, and waited for, where work has marked places
   * @param lines where the log goes; standard output if left out
   */
  static async start(
    environment: Record<string, string> = {},
    place?: Place,
    checkpoint?: Checkpoint,
    lines?: DestinationStream,
  ): Promise<TestServer> {
    const at = place ?? (await aPlace());
    if (globalThis.testedServers !== 2 || environment.REDIS_URL) {
      const instance = await anInstance(testSettings(at, environment), { checkpoint, lines });
      return new TestServer(at, [instance], undefined);
    }
    const bucket = environment.S3_BUCKET ? undefined : await bucketOf(at);
    const settings = testSettings(at, { ...bucket?.environment, ...sideBySide(), ...environment });
    const parts = { checkpoint, lines, publicUrl: () => balancer.url.replace('127.0.0.1', 'localhost') };
    const instances = [await anInstance(settings, parts), await anInstance(settings, parts)];
    const balancer = await RoundRobin.before(instances.map(({ server }) => urlOf(server)));
    return new TestServer(at, instances, balancer);
  }

  /** Of the first one, where there are two. */
  get app(): App {
    return this.instances[0]!.app;
  }

  get url(): string {
    return this.balancer?.url ?? urlOf(this.instances[0]!.server);
  }

  get metricsUrl(): string {
    return `http://127.0.0.1:${this.instances[0]!.server.metricsPort}/metrics`;
  }

  /** Stops the server and leaves its place, for another one to start there. */
  async halt(): Promise<void> {
    for (const { server, app } of this.instances) {
      await server.stop();
      await app.stop();
    }
    await this.balancer?.stop();
  }

  async stop(): Promise<void> {
    await this.halt();
    const bucket = buckets.get(this.place);
    buckets.delete(this.place);
    await bucket?.remove();
    await this.place.remove();
  }
}

interface InstanceParts {
  checkpoint?: Checkpoint;
  lines?: DestinationStream;
  /** Where it stands behind another address than its own. */
  publicUrl?: () => string;
}

async function anInstance(
  settings: Settings,
  { checkpoint, lines, publicUrl }: InstanceParts,
): Promise<Instance> {
  let port = 0;
  const log = createLogger(settings.logLevel, lines);
  const own = () => `http://localhost:${port}`;
  const app = await createApp(settings, log, publicUrl ?? own, checkpoint);
  await app.setUp.start(settings);
  const server = await startServer(app);
  port = server.port;
  return { app, server };
}

const urlOf = ({ port }: RunningServer): string => `http://127.0.0.1:${port}`;

/** What a server at a place is started with; its first admin and unit every test knows. */
export const testEnvironment = (
  { dataDir, databaseUrl }: Omit<Place, 'remove'>,
  environment: Record<string, string> = {},
): Record<string, string | undefined> => ({
  PORT: '0',
  DATA_DIR: dataDir,
  DATABASE_URL: databaseUrl,
  SERVER_KEY: '5afe'.repeat(16),
  ADMIN_EMAIL: admin.email,
  ADMIN_PASSWORD: admin.password,
  UNIT_NAME: 'Newsroom',
  LOG_LEVEL: 'error',
  SCRYPT_WORK_FACTOR: '10',
  ...environment,
});

export const testSettings = (
  place: Omit<Place, 'remove'>,
  environment: Record<string, string> = {},
): Settings => readSettings(testEnvironment(place, environment));

export function credentialHeaders({ cookie, token }: Credentials): Record<string, string> {
  return { ...(cookie && { cookie }), ...(token && { authorization: `Bearer ${token}` }) };
}
