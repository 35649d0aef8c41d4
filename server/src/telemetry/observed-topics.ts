import { type Repeater } from '@graphql-yoga/subscription';
import { type Topics } from '../messages/topics';
import { type Metrics } from './metrics';

/** The topics, counted: who listens, what was published, what reached a listener. */
export const observedTopics = (topics: Topics, metrics: Metrics): Topics => ({
  publish: (...message) => {
    metrics.published.inc({ topic: message[0] });
    topics.publish(...message);
  },
  subscribe: (...of) => counted(topics.subscribe(...of), of[0], metrics),
  tellToLookAgain: () => topics.tellToLookAgain(),
});

function counted<T>(stream: Repeater<T>, topic: string, metrics: Metrics): Repeater<T> {
  const next = stream.next.bind(stream);
  const end = stream.return.bind(stream);
  let state: 'quiet' | 'listening' | 'over' = 'quiet';
  const stop = () => {
    if (state === 'listening') metrics.listenersOpen.dec({ topic });
    state = 'over';
  };
  // Listening begins with the first call.
  stream.next = async () => {
    if (state === 'quiet') {
      state = 'listening';
      metrics.listenersOpen.inc({ topic });
    }
    const result = await next();
    if (result.done) stop();
    else metrics.delivered.inc({ topic });
    return result;
  };
  stream.return = (value) => {
    stop();
    return end(value);
  };
  return stream;
}
