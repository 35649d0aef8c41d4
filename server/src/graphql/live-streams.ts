import { type PubSub } from 'type-graphql';

/** What subscriptions listen to, by topic: for one id, the present state at once and then each change. */
export type LiveStreams = Readonly<Record<string, (id: string) => AsyncIterable<unknown>>>;

/** The streams as the source that `@Subscription({ topics, topicId })` names. */
export const subscriptionSource = (streams: LiveStreams): PubSub => ({
  subscribe(topic, id) {
    const stream = streams[topic];
    if (!stream || typeof id !== 'string') throw new Error(`There is no stream ${topic} of ${String(id)}`);
    return stream(id);
  },
  publish() {
    throw new Error('Messages are published to the topics, not to subscriptions');
  },
});
