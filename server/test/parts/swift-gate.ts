import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A connection's two ends, and how much of the answers may still pass. */
interface Passage {
  client: Socket;
  upstream: Socket;
}

/** A way to a server that a test can close, hold up or cut, while the server itself goes on. */
export class SwiftGate {
  private readonly passages = new Set<Passage>();
  private server: Server | undefined;
  private port = 0;
  private held = false;
  /** Bytes of answers that pass before the gate does what was asked for. */
  private left = Infinity;
  private whenUsedUp: 'cut' | 'freeze' = 'cut';

  private constructor(private readonly target: URL) {}

  /** @param endpoint http address of the server behind it */
  static async before(endpoint: string): Promise<SwiftGate> {
    const gate = new SwiftGate(new URL(endpoint));
    await gate.open();
    return gate;
  }

  /** Where clients come in; stays the same however often it is closed and opened. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Everything passes again. */
  async open(): Promise<void> {
    this.left = Infinity;
    this.held = false;
    for (const { client } of this.passages) client.resume();
    if (this.server) return;
    this.server = createServer((client) => this.pass(client));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as { port: number }).port;
  }

  /** Connections are refused, and those that are there are cut. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.close();
    for (const passage of this.passages) this.cut(passage);
    await once(server, 'close');
  }

  /** Connections are accepted, and nothing that is sent arrives. */
  hold(): void {
    this.held = true;
    for (const { client } of this.passages) client.pause();
  }

  /** So many bytes of answers pass; then connections are cut, or nothing more comes. */
  afterBytes(count: number, then: 'cut' | 'freeze'): void {
    this.left = count;
    this.whenUsedUp = then;
  }

  private pass(client: Socket): void {
    const upstream = connect(Number(this.target.port), this.target.hostname);
    const passage = { client, upstream };
    this.passages.add(passage);
    if (this.held) client.pause();
    client.on('data', (bytes) => this.forward(bytes, passage));
    upstream.on('data', (bytes) => this.answer(bytes, passage));
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined);
      socket.on('close', () => this.cut(passage));
    }
  }

  private forward(bytes: Buffer, { client, upstream }: Passage): void {
    if (upstream.write(bytes)) return;
    client.pause();
    upstream.once('drain', () => this.held || client.resume());
  }

  private answer(bytes: Buffer, passage: Passage): void {
    const { client, upstream } = passage;
    const passing = bytes.subarray(0, this.left);
    this.left -= passing.length;
    const full = passing.length > 0 && !client.write(passing);
    if (passing.length < bytes.length && this.whenUsedUp === 'cut') this.cut(passage);
    else if (full) {
      upstream.pause();
      client.once('drain', () => upstream.resume());
    }
  }

  private cut(passage: Passage): void {
    this.passages.delete(passage);
    passage.client.destroy();
    passage.upstream.destroy();
  }
}
