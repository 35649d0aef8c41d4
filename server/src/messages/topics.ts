import { setMaxListeners } from 'node:events';
import { createPubSub, type PubSub, SlidingBuffer } from '@graphql-yoga/subscription';
import { type ChangeCause } from '../unit/unit.entity';
import { noRelay, type Relay } from './relay';
import { fromWire, type Message, toWire } from './wire';

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

/** In the place of messages that were lost on their way from another server: read again what they are about. */
export const lookAgain = Symbol('look again');
export type LookAgain = typeof lookAgain;

/** What listeners get. */
type Told<Payload extends unknown[]> = Payload extends [infer Id extends string, infer News]
  ? [Id, News | LookAgain]
  : Payload extends [infer News]
    ? [News | LookAgain]
    : never;
export type ToldPayloads = { [T in keyof TopicPayloads]: Told<TopicPayloads[T]> };

export interface Topics {
  /** To the listeners of this server, and through the relay to those of all others. */
  publish: (...message: Message) => void;
  subscribe: PubSub<ToldPayloads>['subscribe'];
  /** Tells every listener of this server to look again: messages may have been lost. */
  tellToLookAgain: () => void;
}

/** Messages that wait for a listener who is slow, or has stopped reading; older ones give way to newer ones. */
const mostWaiting = 100;
/** All sessions of somebody end at once, and none of these messages may be lost. Their only listener is the server. */
const mostRevoked = 100_000;

/** @param relay to the other servers */
export function createTopics(relay: Relay = noRelay): Topics {
  const eventTarget = new ListenedTo();
  // Every page that is open listens: Node would take the eleventh for a leak.
  setMaxListeners(0, eventTarget);
  // A buffer of its own for each listener: without one, a listener who does not read would end the process.
  const listening = (topic: keyof TopicPayloads) =>
    createPubSub<ToldPayloads>({
      eventTarget,
      repeaterBuffer: new SlidingBuffer(topic === 'accessRevoked' ? mostRevoked : mostWaiting),
    });
  const telling = createPubSub<TopicPayloads>({ eventTarget });
  const tell = telling.publish.bind(telling) as Topics['publish'];
  const tellToLookAgain = () => eventTarget.tellAll(lookAgain);
  relay.listen({
    heard(text) {
      const message = fromWire(text);
      if (message) tell(...message);
    },
    missed: tellToLookAgain,
  });
  return {
    publish(...message) {
      // Those here need no relay, and get the message also where it is away.
      tell(...message);
      relay.send(toWire(message));
    },
    subscribe: (...of) => listening(of[0]).subscribe(...of),
    tellToLookAgain,
  };
}

/** Knows what is listened to. */
class ListenedTo extends EventTarget {
  private readonly listeners = new Map<string, number>();

  override addEventListener(...listening: Parameters<EventTarget['addEventListener']>): void {
    super.addEventListener(...listening);
    const [type] = listening;
    this.listeners.set(type, (this.listeners.get(type) ?? 0) + 1);
  }

  override removeEventListener(...listening: Parameters<EventTarget['removeEventListener']>): void {
    super.removeEventListener(...listening);
    const [type] = listening;
    const left = (this.listeners.get(type) ?? 0) - 1;
    if (left > 0) this.listeners.set(type, left);
    else this.listeners.delete(type);
  }

  /** The same to every listener of every type. */
  tellAll(detail: unknown): void {
    for (const type of [...this.listeners.keys()]) this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
