import { v7 as uuid } from 'uuid';
import { type Logger } from 'pino';
import { type Clock } from '../access/clock';
import { type Checkpoint } from '../checkpoint';
import type * as Relay from '../messages/redis-relay';
import { createTopics, type Topics } from '../messages/topics';
import { type Settings } from '../settings';
import { type Database } from '../storage/database';
import { installationFact } from '../storage/installation';
import { ServerRegister } from './server-register';

interface ServerParts {
  settings: Pick<Settings, 'redisUrl'>;
  database: Database;
  version: string;
  now: Clock;
  log: Logger;
  checkpoint: Checkpoint;
  /** Logs a fault of ours. */
  reportFault: (error: unknown) => void;
}

interface ServerWork {
  topics: Topics;
  servers: ServerRegister;
  stopMessages: () => void;
}

/** What ties the servers of one database together. Throws `CannotRunBeside` where this one would be apart. */
export async function serverWork({ settings, ...parts }: ServerParts): Promise<ServerWork> {
  const id = uuid();
  const relay = settings.redisUrl ? await redisRelay(settings.redisUrl, id, parts) : undefined;
  const topics = createTopics(relay);
  await relay?.start();
  const servers = new ServerRegister({ ...parts, id, messages: relay, left: topics.tellToLookAgain });
  const stopMessages = () => relay?.stop();
  try {
    await servers.enter();
  } catch (error) {
    stopMessages();
    throw error;
  }
  return { topics, servers, stopMessages };
}

async function redisRelay(
  url: string,
  owner: string,
  { database, log, checkpoint }: Omit<ServerParts, 'settings'>,
) {
  const installation = await installationFact(database, 'id', uuid);
  // With it comes the client of Redis, which is loaded only where it is used.
  const { RedisRelay } = require('../messages/redis-relay') as typeof Relay;
  return new RedisRelay({ url, owner, installation, log, checkpoint });
}
