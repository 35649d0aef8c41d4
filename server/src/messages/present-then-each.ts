import { Repeater } from '@graphql-yoga/subscription';

interface Source<M, T> {
  /** What there is now. */
  present: () => Promise<T>;
  messages: AsyncIterableIterator<M>;
  /** What a message means for the listener; `undefined` where it is no news. */
  each: (message: M) => T | undefined | Promise<T | undefined>;
}

/** The present state at once, then what each message brings. Nothing between the two is missed. */
export function presentThenEach<M, T>({ present, messages, each }: Source<M, T>): AsyncIterableIterator<T> {
  return new Repeater<T>(async (push, stop) => {
    void stop.then(() => messages.return?.());
    try {
      // Listening begins with the first call, and must not begin later than the reading.
      let next = messages.next();
      await push(await present());
      for (let message = await next; !message.done; message = await next) {
        next = messages.next();
        const news = await each(message.value);
        if (news !== undefined) await push(news);
      }
      stop();
    } catch (error) {
      stop(error);
    }
  });
}
