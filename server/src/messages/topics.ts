import { setMaxListeners } from 'node:events';
import { createPubSub, type PubSub, type PubSubEventTarget, SlidingBuffer } from '@graphql-yoga/subscription';
import { type ChangeCause } from '../unit/unit.entity';

/** A unit's revision moved. */
export interface UnitChange {
  unitId: string;
  revision: number;
  cause: ChangeCause;
  byUserId: string | null;
  at: Date;
}

/**
 * What servers tell their listeners, typed by payload. Every message is only a hint: whoever missed it finds out at
 * the next request. Published after the commit, never inside a transaction.
 */
export type TopicPayloads = {
  /** By unit. */
  unitChanged: [unitId: string, change: UnitChange];
  /** By job: its row has changed, read it again. */
  job: [jobId: string, hint: { jobId: string }];
  /** By unit: somebody entered or left a safe mode, or what is told of it changed; read it again. */
  presence: [unitId: string, hint: { unitId: string }];
  /** A session or token no longer counts: its sockets close. */
  accessRevoked: [hint: { accessId: string }];
};

export type Topics = PubSub<TopicPayloads>;

/** Messages that wait for a listener who is slow, or has stopped reading; older ones give way to newer ones. */
const mostWaiting = 100;
/** All sessions of somebody end at once, and none of these messages may be lost. Their only listener is the server. */
const mostRevoked = 100_000;

export function createTopics(): Topics {
  const eventTarget = new EventTarget() as PubSubEventTarget<TopicPayloads>;
  // Every page that is open listens: Node would take the eleventh for a leak.
  setMaxListeners(0, eventTarget);
  // A buffer of its own for each listener: without one, a listener who does not read would end the process.
  const listening = (topic: keyof TopicPayloads) =>
    createPubSub<TopicPayloads>({
      eventTarget,
      repeaterBuffer: new SlidingBuffer(topic === 'accessRevoked' ? mostRevoked : mostWaiting),
    });
  const telling = createPubSub<TopicPayloads>({ eventTarget });
  return {
    publish: (...message) => telling.publish(...message),
    subscribe: (...of) => listening(of[0]).subscribe(...of),
  };
}
