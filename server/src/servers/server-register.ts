import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Logger } from 'pino';
import { type Clock, shifted } from '../access/clock';
import { Rounds } from '../job/rounds';
import { type Database, type Db, RolledBack } from '../storage/database';
import { isDatabaseAway } from '../storage/database-away';
import { installationFact } from '../storage/installation';
import { InstallationEntity } from '../storage/storage.entity';
import { type ServerProcessEntity as Server, ServerProcessEntity } from './server-process.entity';
import { CannotRunBeside, otherRedis, whyNotBeside } from './side-by-side';
import { type SoleWork } from './sole-work';
import { isGone, thisProcess } from './this-process';

const usualLease = 15_000;
const lookEvery = 250;

/** What the register needs to know of the messages between servers. */
export interface ServerMessages {
  readonly isConnected: boolean;
  /** Whether this server process can be reached. Throws where nobody can. */
  hasListener(serverId: string): Promise<boolean>;
}

interface RegisterParts {
  database: Database;
  /** This server process. */
  id: string;
  version: string;
  /** None: the server tells nobody. */
  messages: ServerMessages | undefined;
  /** Called when another server is gone: it may have died before it told what it had done. */
  left: () => void;
  now: Clock;
  log: Logger;
  /** Logs a fault of ours. */
  reportFault: (error: unknown) => void;
  /** After so many milliseconds without a sign of life a server is taken for dead; the same for all. */
  lease?: number;
}

/** A server that stands in the way of this one. */
interface InTheWay {
  server: Server;
  why: string;
}

/**
 * The servers that run on this database, a row each with a lease. Servers that would not hear of each other do not run
 * side by side, and what one of them is enough for is done by the eldest.
 */
export class ServerRegister implements SoleWork {
  private readonly rounds: Rounds;
  private readonly startedAt: Date;
  private readonly lease: number;
  private servers: Server[] = [];
  /** Whether every elder server was found on the same Redis once. */
  private areAllHeard = false;
  private suspect: Server | undefined;
  private end!: (reason: CannotRunBeside) => void;
  /** Settles where it turns out later that this server cannot run beside another one. */
  readonly mustEnd = new Promise<CannotRunBeside>((resolve) => (this.end = resolve));

  constructor(private readonly parts: RegisterParts) {
    this.rounds = new Rounds(parts.reportFault);
    this.startedAt = parts.now();
    this.lease = parts.lease ?? usualLease;
  }

  /**
   * Enters this server, and from then on gives signs of life. Where another one stands in the way that may be dead, waits
   * until its lease has run out, 15 seconds. Throws `CannotRunBeside` where it is alive.
   */
  async enter(): Promise<void> {
    await installationFact(this.parts.database, turnstile, randomUUID);
    let first: InTheWay | undefined;
    for (;;) {
      const found = (await this.tryToEnter()) ?? (await this.unheard(this.others()));
      if (!found) break;
      if (!first || first.server.id !== found.server.id) {
        first = found;
        const { host, pid } = found.server;
        this.parts.log.warn(
          { host, pid },
          'Another server ran on this database: waiting to see whether it lives',
        );
      } else if (found.server.leaseUntil > first.server.leaseUntil) {
        await this.remove();
        throw new CannotRunBeside(found.server, found.why);
      }
      await pause(lookEvery);
    }
    this.rounds.every(this.lease / 3, () => this.beat());
  }

  get id(): string {
    return this.parts.id;
  }

  /** The servers that live, the eldest first, this one among them; as of the last sign of life. */
  get living(): readonly Server[] {
    return this.servers;
  }

  /** Whether this server does what one is enough for. Two may think so for a moment. */
  get isEldest(): boolean {
    return this.servers[0]?.id === this.parts.id;
  }

  ifEldest(round: () => Promise<unknown>): () => Promise<unknown> {
    return () => (this.isEldest ? round() : Promise.resolve());
  }

  /** Takes this server out. */
  async leave(): Promise<void> {
    await this.rounds.stop();
    // Where the database is away the lease runs out.
    await this.remove().catch(() => undefined);
  }

  private async beat(): Promise<void> {
    try {
      await this.giveSign();
    } catch (error) {
      // The lease is longer than a few signs of life, and whoever needs the database says that it is away.
      if (!isDatabaseAway(error)) throw error;
    }
  }

  private async giveSign(): Promise<void> {
    // Whoever was taken for dead, as after a long absence of the database, has to enter again.
    const found = (await this.renew()) ? undefined : await this.tryToEnter();
    const inTheWay = found ?? (await this.unheardElder());
    if (inTheWay) this.end(new CannotRunBeside(inTheWay.server, inTheWay.why));
  }

  private async renew(): Promise<boolean> {
    const { database, id, now } = this.parts;
    const renewed = await database.transaction((db) =>
      db.run('UPDATE server_process SET lease_until = ?, messages = ? WHERE id = ? AND lease_until > ?', [
        this.leaseEnd(),
        this.way(),
        id,
        now(),
      ]),
    );
    if (renewed > 0) this.know(await database.read((db) => livingServers(db, now())));
    return renewed > 0;
  }

  private know(living: Server[]): void {
    const ids = new Set(living.map(({ id }) => id));
    const someLeft = this.servers.some(({ id }) => !ids.has(id));
    this.servers = living;
    if (someLeft) this.parts.left();
  }

  /** Enters this server unless another one stands in the way, which is answered. */
  private tryToEnter(): Promise<InTheWay | undefined> {
    const { database, id, now } = this.parts;
    return database.transaction<InTheWay | undefined>(async (db) => {
      await passTurnstile(db);
      const others = (await livingServers(db, now())).filter((other) => other.id !== id);
      const gone = others.filter(isGone);
      await db.run('DELETE FROM server_process WHERE lease_until <= ? OR id = ?', [now(), id]);
      for (const each of gone) await db.manager.delete(ServerProcessEntity, { id: each.id });
      const self = this.row();
      for (const server of others.filter((other) => !gone.includes(other))) {
        const why = whyNotBeside(server, self, db.dialect);
        if (why) return new RolledBack<InTheWay | undefined>({ server, why });
      }
      await db.manager.insert(ServerProcessEntity, self);
      this.servers = await livingServers(db, now());
      return undefined;
    });
  }

  /** One of these that listens to a Redis which is not ours; nothing while Redis is away. */
  private async unheard(others: readonly Server[]): Promise<InTheWay | undefined> {
    const { messages } = this.parts;
    if (!messages) return undefined;
    for (const server of others.filter((other) => other.messages === 'REDIS')) {
      const isHeard = await messages.hasListener(server.id).catch(() => true);
      if (!isHeard) return { server, why: otherRedis };
    }
    return undefined;
  }

  /** Where Redis was away when this server came, it finds out later. Of two, the younger one gives way. */
  private async unheardElder(): Promise<InTheWay | undefined> {
    if (this.areAllHeard || !this.parts.messages?.isConnected) return undefined;
    const elders = this.servers.slice(
      0,
      this.servers.findIndex(({ id }) => id === this.parts.id),
    );
    const unheard = await this.unheard(elders);
    this.areAllHeard = !unheard && elders.every(({ messages }) => messages === 'REDIS');
    const before = this.suspect;
    this.suspect = unheard?.server;
    // Not at first sight: it may be connecting again at this moment.
    return before && unheard?.server.id === before.id && unheard.server.leaseUntil > before.leaseUntil
      ? unheard
      : undefined;
  }

  private others(): Server[] {
    return this.servers.filter(({ id }) => id !== this.parts.id);
  }

  private async remove(): Promise<void> {
    await this.parts.database.transaction(({ manager }) =>
      manager.delete(ServerProcessEntity, { id: this.parts.id }),
    );
  }

  private row(): Server {
    const { id, version } = this.parts;
    return {
      id,
      ...thisProcess(),
      version,
      messages: this.way(),
      startedAt: this.startedAt,
      leaseUntil: this.leaseEnd(),
    };
  }

  private way(): Server['messages'] {
    const { messages } = this.parts;
    if (!messages) return 'NONE';
    return messages.isConnected ? 'REDIS' : 'REDIS_AWAY';
  }

  private leaseEnd(): Date {
    return shifted(this.parts.now(), this.lease);
  }
}

const livingServers = ({ manager }: Db, now: Date): Promise<Server[]> =>
  manager
    .createQueryBuilder(ServerProcessEntity, 'server')
    .where('server.leaseUntil > :now', { now })
    .orderBy('server.startedAt')
    .addOrderBy('server.id')
    .getMany();

/** Of two servers that enter at the same moment, one must see the other: both change this row, also on a cluster. */
const turnstile = 'server-turnstile';

async function passTurnstile({ manager }: Db): Promise<void> {
  await manager.update(InstallationEntity, { name: turnstile }, { value: randomUUID() });
}
