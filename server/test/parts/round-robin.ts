import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A plain load balancer: each request, also of one connection, goes to the next server; to another where one is gone. */
export class RoundRobin {
  private turn = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly urls: readonly string[],
    private readonly server: Server,
  ) {
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => this.forward(asked, answer));
    server.on('upgrade', (asked: IncomingMessage, client: Socket, head: Buffer) =>
      this.tunnel(asked, client, head),
    );
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  /** @param urls addresses of the servers behind it */
  static async before(urls: readonly string[]): Promise<RoundRobin> {
    const balancer = new RoundRobin(urls, createServer({ requestTimeout: 0 }));
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

  private forward(asked: IncomingMessage, answer: ServerResponse, left = this.inTurn()): void {
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

  private tunnel(asked: IncomingMessage, client: Socket, head: Buffer, left = this.inTurn()): void {
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
  private inTurn(): URL[] {
    const first = this.turn++ % this.urls.length;
    return [...this.urls.slice(first), ...this.urls.slice(0, first)].map((url) => new URL(url));
  }
}

const isRefused = (error: Error): boolean => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
