import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Credentials, credentialHeaders } from '../../parts/running-server';

interface ChangeAnswer {
  revision: number;
  cause: string;
}

/** A page that follows a unit by the one address it knows, and connects again whenever its socket closes. */
export class FollowingPage {
  /** The changes of the unit that it was told of, the one that it found first included. */
  readonly told: ChangeAnswer[] = [];
  /** How often a server has let it in. */
  connections = 0;
  /** The codes that its sockets were closed with. */
  readonly closings: number[] = [];
  private readonly client: Client;

  private constructor(url: string, unitId: string, as: Credentials) {
    const headers = credentialHeaders(as);
    this.client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers });
        }
      },
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: () => pause(50),
      on: {
        connected: () => void this.connections++,
        closed: (event) => this.closings.push((event as { code: number }).code),
      },
    });
    this.client.subscribe<{ unitChanged: ChangeAnswer }>(
      {
        query: 'subscription ($unitId: ID!) { unitChanged(unitId: $unitId) { revision cause } }',
        variables: { unitId },
      },
      {
        next: ({ data }) => void (data && this.told.push(data.unitChanged)),
        error: () => undefined,
        complete: () => undefined,
      },
    );
  }

  /** Follows; what is there now has come. */
  static async open(url: string, unitId: string, as: Credentials): Promise<FollowingPage> {
    const page = new FollowingPage(url, unitId, as);
    await page.until(() => page.told.length > 0);
    return page;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await pause(20);
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
}
