import { type PoolConnection, type PoolOptions } from 'mysql2';
import { isNodeFault } from './database-away';
import { type DatabaseAddress } from './database-url';
import { MysqlNode } from './mysql-node';
import { type NodeState } from './mysql-session';

type Callback<T> = (error: Error | null, result?: T) => void;

/** As TypeORM's own, which it leaves to us: big integers are text, times UTC. */
const options: PoolOptions = {
  charset: 'utf8mb4',
  timezone: 'Z',
  supportBigNumbers: true,
  bigNumberStrings: true,
  stringifyObjects: true,
  connectionLimit: 10,
};

/**
 * Connections to the first node that answers and is usable. A server stays with its node while that is good, because
 * the same row written through two nodes at a time makes one of the two writers begin again.
 */
export class MysqlPool {
  private readonly nodes: MysqlNode[];
  private readonly origins = new WeakMap<PoolConnection, MysqlNode>();
  private current = 0;
  private closed: Promise<void> | undefined;

  constructor({ hosts, user, password, database }: DatabaseAddress) {
    // Where there is no other node to ask, a slow one is waited for.
    const [connectTimeout, answersWithin] = hosts.length > 1 ? [3_000, 5_000] : [10_000, 60_000];
    this.nodes = hosts.map(
      (host) => new MysqlNode(host, answersWithin, { ...options, user, password, database, connectTimeout }),
    );
  }

  /** Throws what the last node failed with where none can be used. */
  async connect(): Promise<PoolConnection> {
    const first = this.current;
    let fault: unknown;
    for (const accepted of [['ready'], ['ready', 'lagging']] satisfies NodeState[][]) {
      for (let step = 0; step < this.nodes.length; step++) {
        const index = (first + step) % this.nodes.length;
        const node = this.nodes[index]!;
        try {
          const connection = await node.connect(accepted);
          this.origins.set(connection, node);
          this.current = index;
          return connection;
        } catch (error) {
          if (!isNodeFault(error)) throw error;
          fault = error;
        }
      }
      if (!this.nodes.some(({ state }) => state === 'lagging')) break;
    }
    throw fault;
  }

  /** Throws a connection away that cannot be relied on any more. */
  discard(connection: PoolConnection): void {
    this.origins.get(connection)?.doubt();
    connection.destroy();
  }

  /** May be asked for again: TypeORM closes the pool as well, also where it could not begin. */
  close(): Promise<void> {
    this.closed ??= Promise.all(this.nodes.map((node) => node.end())).then(() => undefined);
    return this.closed;
  }

  /** What TypeORM asks of a pool. */
  getConnection(callback: Callback<PoolConnection>): void {
    this.connect().then(
      (connection) => callback(null, connection),
      (error: Error) => callback(error),
    );
  }

  /** What TypeORM asks of a pool. */
  end(callback: Callback<void>): void {
    this.close().then(
      () => callback(null),
      (error: Error) => callback(error),
    );
  }
}
