import { Repeater } from '@graphql-yoga/subscription';

/**
 * Passes a stream on, and does something again and again for as long as somebody listens. A round that fails is left
 * to the next.
 *
 * @param pause between two rounds, ms
 */
export function whileListening<T>(
  stream: AsyncIterableIterator<T>,
  pause: number,
  round: () => Promise<unknown>,
): AsyncIterableIterator<T> {
  return new Repeater<T>(async (push, stop) => {
    const timer = setInterval(() => void round().catch(() => undefined), pause);
    void stop.then(() => {
      clearInterval(timer);
      return stream.return?.();
    });
    try {
      for await (const value of stream) await push(value);
      stop();
    } catch (error) {
      stop(error);
    }
  });
}
