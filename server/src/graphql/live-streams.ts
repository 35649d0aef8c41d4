import { type PubSub } from 'type-graphql';
import { signedIn } from '../access/abilities';
import { type Actor } from '../access/actor';
import { type Context } from './context';

/** What a subscription is about, and who listens. */
export interface Listening {
  id: string;
  listener: Actor;
}

/** What subscriptions listen to, by topic: for one id, the present state at once and then each change. */
export type LiveStreams = Readonly<Record<string, (id: string, listener: Actor) => AsyncIterable<unknown>>>;

/** The `topicId` of a subscription to what the argument of this name identifies. */
export const listeningTo =
  (argument: string) =>
  ({ args, context }: { args: Record<string, unknown>; context: Context }): Listening => ({
    id: args[argument] as string,
    listener: signedIn(context),
  });

/** The streams as the source that `@Subscription({ topics, topicId })` names. */
export const subscriptionSource = (streams: LiveStreams): PubSub => ({
  subscribe(topic, listening) {
    const stream = streams[topic];
    if (!stream || !listening) throw new Error(`There is no stream ${topic}`);
    const { id, listener } = listening as Listening;
    return stream(id, listener);
  },
  publish() {
    throw new Error('Messages are published to the topics, not to subscriptions');
  },
});
