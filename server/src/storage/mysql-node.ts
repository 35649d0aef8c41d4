import { connect, type Socket } from 'node:net';
import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import { nodeState, type NodeState, prepareSession } from './mysql-session';

/** How long what a node said of itself is believed, ms. */
const believedFor = 2_000;

/** A node that answers, but is of no use now. */
export class NodeUnfit extends Error {
  readonly code = 'NODE_UNFIT';

  constructor(where: string, state: NodeState) {
    super(
      state === 'lagging'
        ? `${where} is not in step with its cluster`
        : `${where} is read-only, or not part of the majority of its cluster`,
    );
  }
}

/** One server, which may be a node of a cluster, and the connections to it. */
export class MysqlNode {
  private readonly pool: Pool;
  private readonly sockets = new Set<Socket>();
  private readonly prepared = new WeakSet<PoolConnection>();
  private known: NodeState = 'unfit';
  private askedAt = 0;

  /** @param answersWithin how long the node may take to say how it is, ms; one that is stuck is cut off */
  constructor(
    private readonly address: { host: string; port: number },
    private readonly answersWithin: number,
    options: PoolOptions,
  ) {
    this.pool = createPool({ ...options, ...address, stream: () => this.socket() });
  }

  /**
   * A connection of the pool that knows how we want to be served. Throws where the node is away, and `NodeUnfit` where it
   * is in none of the accepted states.
   */
  async connect(accepted: readonly NodeState[]): Promise<PoolConnection> {
    const connection = await this.fromPool();
    try {
      if (!this.prepared.has(connection)) {
        await this.withinTime(() => prepareSession(connection));
        this.prepared.add(connection);
        this.doubt();
      }
      if (!accepted.includes(await this.stateBy(connection)))
        throw new NodeUnfit(`${this.address.host}:${this.address.port}`, this.known);
    } catch (error) {
      if (error instanceof NodeUnfit) connection.release();
      else connection.destroy();
      throw error;
    }
    return connection;
  }

  /** As it was when it was last asked. */
  get state(): NodeState {
    return this.known;
  }

  /** The node is asked how it is before it is used again. */
  doubt(): void {
    this.askedAt = 0;
  }

  end(): Promise<void> {
    return this.pool.promise().end();
  }

  private fromPool(): Promise<PoolConnection> {
    return new Promise((resolve, reject) => {
      this.pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)));
    });
  }

  private async stateBy(connection: PoolConnection): Promise<NodeState> {
    if (Date.now() - this.askedAt > believedFor) {
      this.known = await this.withinTime(() => nodeState(connection));
      this.askedAt = Date.now();
    }
    return this.known;
  }

  /** Where there is no answer in time, all connections are cut: whoever waits on one of them waits for nothing. */
  private async withinTime<T>(ask: () => Promise<T>): Promise<T> {
    let settled = false;
    const late = setTimeout(() => {
      // An answer may have been waiting while this process was busy.
      setImmediate(() => settled || this.cut());
    }, this.answersWithin);
    try {
      return await ask();
    } finally {
      settled = true;
      clearTimeout(late);
    }
  }

  private cut(): void {
    for (const socket of this.sockets) {
      socket.destroy(Object.assign(new Error('The node does not answer'), { code: 'ETIMEDOUT' }));
    }
  }

  private socket(): Socket {
    const socket = connect({ ...this.address, noDelay: true, keepAlive: true });
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }
}
