import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** From a cached read to a large import, seconds. */
const buckets = [0.005, 0.02, 0.1, 0.5, 2, 10, 60];

/**
 * What a server counts of its own work, for Prometheus. Labels take few values each: routes, fields of the schema, codes,
 * kinds; never ids, names or texts of users.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly registers = [this.registry];

  readonly httpRequests = this.histogram('http_request', 'HTTP requests.', ['route', 'method', 'status']);
  readonly operations = this.histogram('graphql_operation', 'GraphQL operations.', ['type', 'field']);
  readonly graphqlErrors = this.counter('graphql_errors', 'Errors in answers of GraphQL.', ['code']);

  readonly socketsOpen = this.gauge('sockets_open', 'WebSockets of signed-in clients.', []);
  readonly subscriptionsOpen = this.gauge('subscriptions_open', 'Subscriptions under way.', ['field']);
  readonly listenersOpen = this.gauge('listeners_open', 'Listeners to a topic.', ['topic']);
  readonly published = this.counter('messages_published', 'Messages published here.', ['topic']);
  readonly delivered = this.counter('messages_delivered', 'Messages handed to listeners.', ['topic']);

  readonly jobsWaiting = this.gauge('jobs_waiting', 'Jobs that wait for their turn here.', ['kind']);
  readonly jobsRunning = this.gauge('jobs_running', 'Jobs that run here.', ['kind']);
  readonly jobsEnded = this.counter('jobs_ended', 'Jobs that ended here.', ['kind', 'state']);

  readonly database = this.histogram('database', 'Reads, transactions and snapshots.', ['work', 'outcome']);
  readonly databaseWaiting = this.gauge('database_waiting', 'Work that waits for a connection.', []);
  readonly databaseActive = this.gauge('database_active', 'Work that has a connection.', []);

  readonly objectStore = this.histogram('object_store', 'Requests to the object store.', [
    'request',
    'outcome',
  ]);

  /** Begins to watch the process too: memory, event loop delay, garbage collection. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `safeboard_${name}_total`, help, labelNames, registers: this.registers });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name: `safeboard_${name}`, help, labelNames, registers: this.registers });
  }

  private histogram<L extends string>(name: string, help: string, labelNames: L[]): Histogram<L> {
    const { registers } = this;
    return new Histogram({
      name: `safeboard_${name}_duration_seconds`,
      help,
      labelNames,
      buckets,
      registers,
    });
  }
}
