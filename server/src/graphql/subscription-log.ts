import { randomUUID } from 'node:crypto';
import { type DocumentNode } from 'graphql';
import { type Logger } from 'pino';
import { type SubscribePayload } from 'graphql-ws';
import { type Metrics } from '../telemetry/metrics';
import { type RequestNotes, withRequest } from '../telemetry/request-scope';
import { operationNamed } from './operation-notes';

interface Subscription {
  notes: RequestNotes;
  startedAt: number;
}

/** The subscriptions over WebSocket: each has an id as requests have, is counted, and gets one line when it is over. */
export class SubscriptionLog {
  private readonly open = new WeakMap<SubscribePayload, Subscription>();

  constructor(
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {}

  began(payload: SubscribePayload, document: DocumentNode, userId: string | undefined): void {
    const operation = operationNamed(document, payload.operationName);
    if (!operation) return;
    this.metrics.subscriptionsOpen.inc({ field: operation.field });
    this.open.set(payload, { notes: { id: randomUUID(), operation, userId }, startedAt: performance.now() });
  }

  ended(payload: SubscribePayload): void {
    const subscription = this.open.get(payload);
    if (!subscription) return;
    this.open.delete(payload);
    const { notes, startedAt } = subscription;
    const { type, name, field } = notes.operation!;
    this.metrics.subscriptionsOpen.dec({ field });
    const ms = Math.round(performance.now() - startedAt);
    withRequest(notes, () =>
      this.log.info({ operation: type, name, field, userId: notes.userId, ms }, 'Subscription'),
    );
  }

  /** Does work in the name of a subscription, so that what it logs carries its id. */
  within<T>(payload: SubscribePayload, work: () => T): T {
    const subscription = this.open.get(payload);
    return subscription ? withRequest(subscription.notes, work) : work();
  }
}
