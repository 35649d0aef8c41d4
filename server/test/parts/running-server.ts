import 'reflect-metadata';
import { type App, createApp } from '../../src/app';
import { type RunningServer, startServer } from '../../src/http/server';
import { createLogger } from '../../src/logger';
import { type SafeModeCheckpoint } from '../../src/safe-mode/checkpoint';
import { readSettings, type Settings } from '../../src/settings';
import { aPlace, type Place } from './place';

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

/** A server of its own, in this process, on a free port and a fresh place. */
export class TestServer extends ServedApi {
  private constructor(
    readonly place: Place,
    readonly app: App,
    private readonly server: RunningServer,
  ) {
    super();
  }

  /**
   * With the admin of this file, and a first unit named "Newsroom" unless the environment says otherwise.
   *
   * @param checkpoint told, and waited for, where recording and applying have marked places
   */
  static async start(
    environment: Record<string, string> = {},
    place?: Place,
    checkpoint?: SafeModeCheckpoint,
  ): Promise<TestServer> {
    const at = place ?? (await aPlace());
    const settings = testSettings(at, environment);
    let port = 0;
    const log = createLogger(settings.logLevel);
    const app = await createApp(settings, log, () => `http://localhost:${port}`, checkpoint);
    await app.setUp.start(settings);
    const server = await startServer(app);
    port = server.port;
    return new TestServer(at, app, server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** Stops the server and leaves its place, for another one to start there. */
  async halt(): Promise<void> {
    await this.server.stop();
    await this.app.stop();
  }

  async stop(): Promise<void> {
    await this.halt();
    await this.place.remove();
  }
}

/** Settings of a server at a place, whose first admin and unit every test knows. */
export function testSettings(
  { dataDir, databaseUrl }: Omit<Place, 'remove'>,
  environment: Record<string, string> = {},
): Settings {
  return readSettings({
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
}

export function credentialHeaders({ cookie, token }: Credentials): Record<string, string> {
  return { ...(cookie && { cookie }), ...(token && { authorization: `Bearer ${token}` }) };
}
