import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  type ApiError,
  type Credentials,
  credentialHeaders,
  type ServedApi,
} from '../../parts/running-server';
import { type PresenceAnswer } from '../../parts/safe-modes';

const everything = 'user { id name } safeModeId safeModeName relation since';

/** A page, or a script, that follows the bar of a unit over a socket of its own. */
export class BannerListener {
  /** Who was there, each time that something came. */
  readonly told: PresenceAnswer[][] = [];
  /** Everything that the server sent, as it came. */
  readonly frames: string[] = [];
  /** What the subscription was refused with. */
  readonly refusals: ApiError[] = [];
  /** The codes that the socket was closed with. */
  readonly closings: number[] = [];
  private readonly client: Client;
  private readonly unsubscribe: () => void;
  private socket: WebSocket | undefined;

  private constructor({ url }: ServedApi, unitId: string, { cookie, token }: Credentials, fields: string) {
    const headers = credentialHeaders({ cookie });
    const notice = (socket: WebSocket) => this.notice(socket);
    this.client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers });
          notice(this);
        }
      },
      connectionParams: token ? { authorization: `Bearer ${token}` } : {},
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => undefined,
      on: { closed: (event) => this.closings.push((event as { code: number }).code) },
    });
    this.unsubscribe = this.client.subscribe<{ safeModeBanner: PresenceAnswer[] }>(
      {
        query: `subscription ($unitId: ID!) { safeModeBanner(unitId: $unitId) { ${fields} } }`,
        variables: { unitId },
      },
      {
        next: ({ data, errors = [] }) => {
          if (data) this.told.push(data.safeModeBanner);
          this.refusals.push(...(errors as unknown as ApiError[]));
        },
        // Of a socket that was closed it is an event.
        error: (error) => Array.isArray(error) && this.refusals.push(...(error as ApiError[])),
        complete: () => undefined,
      },
    );
  }

  /** Listens; what is there now has come. */
  static async open(server: ServedApi, unitId: string, as: Credentials): Promise<BannerListener> {
    const listener = new BannerListener(server, unitId, as, everything);
    await listener.toldTimes(1);
    return listener;
  }

  /** Listens for these fields, whatever comes of it. */
  static try(server: ServedApi, unitId: string, as: Credentials, fields = everything): BannerListener {
    return new BannerListener(server, unitId, as, fields);
  }

  /** What was told, in words. */
  get inWords(): string[][] {
    return this.told.map((presence) => presence.map(inWords));
  }

  toldTimes(count: number): Promise<void> {
    return this.until(() => this.told.length >= count);
  }

  async until(condition: () => boolean): Promise<void> {
    for (let waited = 0; !condition(); waited++) {
      if (waited === 1500) throw new Error(`It was told ${JSON.stringify(this.inWords)}`);
      await pause(10);
    }
  }

  /** Says that it listens no more; the socket stays open. */
  complete(): void {
    this.unsubscribe();
  }

  /** The line breaks: nobody says goodbye. */
  cut(): void {
    this.socket?.terminate();
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }

  private notice(socket: WebSocket): void {
    this.socket = socket;
    socket.on('message', (frame: Buffer) => this.frames.push(frame.toString()));
  }
}

export const inWords = ({ user, safeModeName, relation }: PresenceAnswer): string =>
  `${user.name} in ${safeModeName} (${relation})`;
