import { Repeater } from '@graphql-yoga/subscription';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { Audience } from './audience';
import { LiveStream } from './live-stream';
import { type Outlet } from './outlet';
import { subscribeAfresh } from './subscribe-afresh';
import { isShareable } from './shareable';

/** Characters of documents and variables that are kept to tell who asks for the same. */
const mostKept = 4_000_000;

/** An operation of a socket, with where its answers go. */
export interface SocketOperation extends ExecutionArgs {
  outlet: Outlet;
}

type Subscribed = AsyncIterable<ExecutionResult> | ExecutionResult;

/**
 * Subscribes as graphql-js does. Those who listen to the same, and ask for the same of it, share one execution and one text
 * for each event; only the client's id is put before it. Who may listen is judged for each by themselves, as ever.
 */
export class SharedSubscriptions {
  /** Kept while it is asked for: one that was forgotten is only made again. */
  private readonly audiences = new LRUCache<string, Audience>({
    maxSize: mostKept,
    sizeCalculation: (_, key) => key.length,
  });

  constructor(private readonly formatErrors: (errors: readonly GraphQLError[]) => readonly GraphQLError[]) {}

  async subscribe(operation: SocketOperation): Promise<Subscribed> {
    if (!isShareable(operation.document, operation.operationName)) return subscribeAfresh(operation);
    const source = await createSourceEventStream(operation);
    if (!(source instanceof LiveStream)) {
      if (Symbol.asyncIterator in source)
        throw new Error('A shared field has a stream that cannot be shared');
      return source;
    }
    return written(source, this.audienceOf(operation), operation.outlet);
  }

  private audienceOf({ schema, document, operationName, variableValues }: ExecutionArgs): Audience {
    const key = JSON.stringify([document.loc?.source.body, operationName ?? null, variableValues ?? {}]);
    const known = this.audiences.get(key);
    if (known) return known;
    const audience = new Audience({ schema, document, operationName, variableValues }, this.formatErrors);
    this.audiences.set(key, audience);
    return audience;
  }
}

/** A stream that gives nothing itself: answers go straight to the socket until it is ended. */
function written(source: LiveStream, audience: Audience, outlet: Outlet): AsyncIterableIterator<never> {
  return new Repeater<never>(async (_, stop) => {
    let isOver = false;
    const send = (text: string) => {
      if (!isOver) outlet.send(text);
    };
    const leave = source.join({ tell: (value) => void audience.textOf(value).then(send, stop), fail: stop });
    await stop;
    isOver = true;
    leave();
    outlet.close();
  });
}
