import { type FeedListener } from '../../messages/feed';

/** Joins what all listeners of one id share. Answers how to leave. */
export type Join = (listener: FeedListener<object>) => () => void;

/**
 * What a subscription listens to, for one listener: as a stream of their own, or together with all others. Guards
 * have let the listener in before there is one.
 */
export class LiveStream implements AsyncIterable<unknown> {
  constructor(
    private readonly alone: () => AsyncIterable<unknown>,
    readonly join: Join,
  ) {}

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    return this.alone()[Symbol.asyncIterator]();
  }
}
