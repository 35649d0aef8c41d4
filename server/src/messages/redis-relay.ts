import { Redis, type RedisOptions } from 'ioredis';
import { type Logger } from 'pino';
import { z } from 'zod';
import { type Checkpoint } from '../checkpoint';
import { type Relay, type RelayListener } from './relay';

/** So often the way to Redis is tried, ms; a line that went dead without a word is noticed by it. */
const tryEvery = 5_000;
/** So long an answer may take, ms. */
const patience = 5_000;
/** Said where what was said before could not be sent. */
const lost = 'lost';

const envelope = z.object({
  from: z.string(),
  /** A message, or that some were lost. */
  says: z.string(),
});
type Envelope = z.infer<typeof envelope>;

interface RelayOptions {
  url: string;
  /** This server process. */
  owner: string;
  /** Several installations may share one Redis. */
  installation: string;
  log: Logger;
  checkpoint: Checkpoint;
}

/**
 * The relay through Redis: one channel that every server listens to all the time, so that nobody has to subscribe
 * before reading. Where Redis is away it is tried again for ever, and when it is back all listeners on all servers look again.
 */
export class RedisRelay implements Relay {
  private readonly sender: Redis;
  private readonly hearer: Redis;
  private readonly channel: string;
  private listener: RelayListener | undefined;
  private hears = false;
  /** Something was said that nobody else has heard. */
  private owesNews = false;
  private round: NodeJS.Timeout | undefined;

  constructor(private readonly options: RelayOptions) {
    this.channel = `safeboard:${options.installation}`;
    this.sender = this.connection('Messages to other servers');
    this.hearer = this.connection('Messages of other servers');
    this.hearer.on('message', (_: string, text: string) => this.hear(text));
    this.hearer.on('ready', () => void this.beginToHear());
    this.hearer.on('close', () => (this.hears = false));
    this.sender.on('ready', () => void this.catchUp());
  }

  /** Whether messages come and go. */
  get isConnected(): boolean {
    return this.hears && this.sender.status === 'ready';
  }

  listen(listener: RelayListener): void {
    this.listener = listener;
  }

  /** Connects; answers once that worked, or failed for the first time. Then it goes on by itself. */
  async start(): Promise<void> {
    this.round = setInterval(() => void this.tryTheWay(), tryEvery);
    await Promise.all([this.sender, this.hearer].map((redis) => redis.connect().catch(() => undefined)));
    if (this.hearer.status === 'ready') await this.beginToHear();
  }

  send(text: string): void {
    void this.publish(text).then((sent) => {
      if (!sent) this.owesNews = true;
    });
  }

  /** Whether this server process listens on the same Redis. Throws where Redis is away. */
  async hasListener(owner: string): Promise<boolean> {
    const [, listeners] = (await this.sender.call('PUBSUB', 'NUMSUB', this.channelOf(owner))) as [
      string,
      number,
    ];
    return Number(listeners) > 0;
  }

  stop(): void {
    clearInterval(this.round);
    this.sender.disconnect();
    this.hearer.disconnect();
  }

  private connection(name: string): Redis {
    const { url, log } = this.options;
    const options: RedisOptions = {
      lazyConnect: true,
      autoResubscribe: false,
      // A hint that is late is worth nothing: what cannot be sent now is made up for by looking again.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: patience,
      connectTimeout: patience,
      keepAlive: 10_000,
      retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 5), 2_000) * (0.5 + Math.random()),
      reconnectOnError: (error) => error.message.startsWith('READONLY'),
    };
    const redis = new Redis(url, options);
    let isAway = false;
    redis.on('error', (error: Error) => {
      if (isAway) return;
      isAway = true;
      log.warn({ reason: error.message }, `${name}: Redis cannot be reached; trying again`);
    });
    redis.on('ready', () => {
      if (isAway) log.info(`${name}: Redis is back`);
      isAway = false;
    });
    return redis;
  }

  private async beginToHear(): Promise<void> {
    if (this.hears) return;
    try {
      await this.hearer.subscribe(this.channel, this.channelOf(this.options.owner));
      this.hears = true;
      this.listener?.missed();
    } catch {
      this.reconnect(this.hearer);
    }
  }

  private hear(text: string): void {
    const { from, says } = envelopeIn(text) ?? {};
    if (says === undefined || from === this.options.owner) return;
    if (says === lost) this.listener?.missed();
    else this.listener?.heard(says);
  }

  private async publish(says: string): Promise<boolean> {
    const { owner, checkpoint } = this.options;
    try {
      await checkpoint('message not sent');
      await this.sender.publish(this.channel, JSON.stringify({ from: owner, says } satisfies Envelope));
      await checkpoint('message sent');
      return true;
    } catch {
      return false;
    }
  }

  private async catchUp(): Promise<void> {
    if (this.owesNews && (await this.publish(lost))) this.owesNews = false;
  }

  private async tryTheWay(): Promise<void> {
    for (const redis of [this.sender, this.hearer]) {
      if (redis.status === 'ready') await redis.ping().catch(() => this.reconnect(redis));
    }
    await this.catchUp();
  }

  private reconnect(redis: Redis): void {
    if (redis.status === 'ready') redis.disconnect(true);
  }

  private channelOf(owner: string): string {
    return `${this.channel}:${owner}`;
  }
}

/** Nothing where somebody else put something else into the channel. */
function envelopeIn(text: string): Envelope | undefined {
  try {
    return envelope.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
