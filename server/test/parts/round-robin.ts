import { once } from 'node:events';
import {
  createServer,
  get,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/**
 * A plain load balancer: each request, also of one connection, goes to the next server; to another where one is gone, or,
 * if it looks at that, where it says that it is not ready.
 */
export class RoundRobin {
  private turn = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly urls: readonly string[],
    private readonly looksAtReadiness: boolean,
    private readonly server: Server,
  ) {
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => {
      void this.inTurn().then((left) => this.forward(asked, answer, left));
    });
    server.on('upgrade', (asked: IncomingMessage, client: Socket, head: Buffer) => {
      void this.inTurn().then((left) => this.tunnel(asked, client, head, left));
    });
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  /**
   * @param urls addresses of the servers behind it
   * @param looksAtReadiness asks them for `/readyz`; before each request, so that nothing depends on how often
   */
  static async before(urls: readonly string[], { looksAtReadiness = false } = {}): Promise<RoundRobin> {
    // Clients keep connections for as long as the answers of the servers say.
    const server = createServer({ requestTimeout: 0, keepAliveTimeout: 0 });
    const balancer = new RoundRobin(urls, looksAtReadiness, server);
    balancer.server.listen(0, '127.0.0.1');
    await once(balancer.server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private forward(asked: IncomingMessage, answer: ServerResponse, left: URL[]): void {
    const [{ hostname, port }, ...others] = left as [URL, ...URL[]];
    const { method, url, rawHeaders } = asked;
    const options = { hostname, port, method, path: url, headers: rawHeaders, agent: false, setHost: false };
    const onward = request(options, (response) => {
      answer.writeHead(response.statusCode!, response.statusMessage, response.rawHeaders);
      response.pipe(answer);
      response.once('error', () => answer.destroy());
    });
    onward.once('socket', (socket) => socket.once('connect', () => asked.pipe(onward)));
    onward.once('error', (error) => {
      if (isRefused(error) && others.length > 0) this.forward(asked, answer, others);
      else answer.destroy();
    });
    // Who hangs up here hangs up there.
    answer.once('close', () => onward.destroy());
  }

  private tunnel(asked: IncomingMessage, client: Socket, head: Buffer, left: URL[]): void {
    const [{ hostname, port }, ...others] = left as [URL, ...URL[]];
    const onward = connect(Number(port), hostname, () => {
      const { method, url, httpVersion, rawHeaders } = asked;
      const lines = [`${method} ${url} HTTP/${httpVersion}`];
      for (let at = 0; at < rawHeaders.length; at += 2)
        lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
      onward.write(`${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.once('close', () => client.destroy());
      onward.pipe(client).pipe(onward);
    });
    onward.once('error', (error) => {
      if (isRefused(error) && others.length > 0) this.tunnel(asked, client, head, others);
      else client.destroy();
    });
    client.once('error', () => onward.destroy());
    client.once('close', () => onward.destroy());
  }

  /** Whose turn it is, and then the others: whatever else is forwarded meanwhile, each is asked once. */
  private async inTurn(): Promise<URL[]> {
    const first = this.turn++ % this.urls.length;
    const all = [...this.urls.slice(first), ...this.urls.slice(0, first)].map((url) => new URL(url));
    if (!this.looksAtReadiness) return all;
    const ready = await Promise.all(all.map(isReady));
    const serving = all.filter((_, index) => ready[index]);
    return serving.length > 0 ? serving : all;
  }
}

/** On a connection of its own: one that is kept may be closed just when it is used. */
function isReady(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    get(new URL('/readyz', url), { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => resolve(false));
  });
}

const isRefused = (error: Error): boolean => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
