import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What happens to the next COMMIT that comes by. */
export type CommitFate =
  /** It never reaches the server. */
  | 'lost'
  /** It reaches the server, and its answer is lost. */
  | 'unanswered'
  /** It reaches the server only after the client has seen its connection cut. */
  | 'late';

const comQuery = 3;
/** How long a COMMIT that is late is on its way, ms. */
const delay = 700;

/** A way to a MySQL or MariaDB server that a test cuts in the middle of a transaction, while the server goes on. */
export class SqlGate {
  private readonly clients = new Set<Socket>();
  /** Connections to the server that outlive those of their clients. */
  private readonly late = new Set<Socket>();
  private fate: CommitFate | undefined;
  private closedAfterwards = false;
  private server: Server | undefined;
  private port = 0;

  private constructor(private readonly target: URL) {}

  /** @param url of a database, as in DATABASE_URL */
  static async before(url: string): Promise<SqlGate> {
    const gate = new SqlGate(new URL(url));
    await gate.open();
    return gate;
  }

  /** The same database through the gate. */
  get url(): string {
    const url = new URL(this.target);
    url.port = String(this.port);
    return url.href;
  }

  /** Lets connections through. */
  async open(): Promise<void> {
    if (this.server) return;
    this.server = createServer((client) => this.pass(client));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as { port: number }).port;
  }

  /** Cuts every connection and refuses new ones. */
  close(): void {
    this.server?.close();
    this.server = undefined;
    for (const client of this.clients) client.destroy();
  }

  /** Decides about the next COMMIT. @param thenClose whether the database stays away from then on */
  cutAtCommit(fate: CommitFate, thenClose = false): void {
    this.fate = fate;
    this.closedAfterwards = thenClose;
  }

  /** Whether the COMMIT that was waited for has come by. */
  get hasCut(): boolean {
    return this.fate === undefined;
  }

  private pass(client: Socket): void {
    const upstream = connect(Number(this.target.port), this.target.hostname);
    this.clients.add(client);
    client.on('data', (bytes) => {
      if (this.fate && isCommit(bytes)) this.cut(client, upstream, bytes);
      else upstream.write(bytes);
    });
    upstream.on('data', (bytes) => client.write(bytes));
    client.on('error', () => undefined);
    upstream.on('error', () => undefined);
    upstream.on('close', () => client.destroy());
    client.on('close', () => {
      this.clients.delete(client);
      if (!this.late.has(upstream)) upstream.destroy();
    });
  }

  private cut(client: Socket, upstream: Socket, commit: Buffer): void {
    const { fate } = this;
    this.fate = undefined;
    upstream.removeAllListeners('data');
    if (this.closedAfterwards) client.once('close', () => this.close());
    if (fate === 'lost') client.destroy();
    else if (fate === 'unanswered') {
      upstream.write(commit);
      // The server has answered: what was committed is in force.
      upstream.once('data', () => client.destroy());
    } else {
      this.late.add(upstream);
      client.destroy();
      setTimeout(() => upstream.end(commit), delay);
    }
  }
}

/** A packet is its length in three bytes, a number, a command and what belongs to it. */
function isCommit(bytes: Buffer): boolean {
  return bytes[4] === comQuery && bytes.subarray(5).toString().toUpperCase() === 'COMMIT';
}
