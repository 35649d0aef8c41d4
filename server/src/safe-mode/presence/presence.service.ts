import { may } from '../../access/abilities';
import { type Actor } from '../../access/actor';
import { type Clock, minutes, shifted } from '../../access/clock';
import { type Id } from '../../change/core/task';
import { type FeedListener, Feeds } from '../../messages/feed';
import { presentThenEach } from '../../messages/present-then-each';
import { whileListening } from '../../messages/while-listening';
import { type Topics } from '../../messages/topics';
import { type Database, type Db } from '../../storage/database';
import { type ActiveSafeModeStore } from './active-safe-mode.store';
import { type Presence, type PresenceStore } from './presence.store';

/** Whoever was not seen for so long is taken for gone, ms. */
const silence = minutes(2);
/** How often an open subscription says that its user is there, ms. */
export const heartbeat = 30_000;

/** Who works in a safe mode of a unit right now, for the bar on everybody's page. */
export class PresenceService {
  /** Reads that have not begun yet: many listeners of a unit share one. */
  private readonly reads = new Map<Id, Promise<Presence[]>>();
  private readonly feeds = new Feeds<unknown, Presence[]>((unitId) => ({
    present: () => this.sharedRead(unitId),
    messages: () => this.topics.subscribe('presence', unitId),
    each: () => this.sharedRead(unitId),
    isNews: (presence, told) => presence !== told && this.textOf(presence) !== this.textOf(told),
  }));
  /** Thousands of listeners are told the same: it is compared as a text that is made once. */
  private readonly texts = new WeakMap<Presence[], string>();

  constructor(
    private readonly database: Database,
    private readonly active: ActiveSafeModeStore,
    private readonly presence: PresenceStore,
    private readonly topics: Topics,
    private readonly now: Clock,
  ) {}

  /** Who is there, the longest first. */
  inUnit(unitId: Id): Promise<Presence[]> {
    return this.database.read((db) => this.presence.inUnit(db, unitId, this.unseenSince()));
  }

  /**
   * Who is there at once, then at each change, for as long as somebody listens. Listening in a browser, or by a script,
   * that is in a safe mode itself says all the while that its user is there.
   */
  follow(unitId: Id, listener: Actor): AsyncIterableIterator<Presence[]> {
    let told = '';
    const news = (presence: Presence[]): Presence[] | undefined => {
      const text = this.textOf(presence);
      if (text === told) return undefined;
      told = text;
      return presence;
    };
    const stream = presentThenEach({
      present: async () => {
        if (may(listener, 'useSafeModes', unitId)) await this.beat(unitId, listener);
        const present = await this.inUnit(unitId);
        news(present);
        return present;
      },
      messages: this.topics.subscribe('presence', unitId),
      each: async () => news(await this.sharedRead(unitId)),
    });
    if (!may(listener, 'useSafeModes', unitId)) return stream;
    return whileListening(stream, heartbeat, () => this.beat(unitId, listener));
  }

  /** As `follow`, for a listener who shares what is read with all others of the unit. Answers how to leave. */
  join(unitId: Id, viewer: Actor, listener: FeedListener<Presence[]>): () => void {
    const feed = this.feeds.of(unitId);
    if (!may(viewer, 'useSafeModes', unitId)) return feed.join(listener);
    const beat = () => this.beat(unitId, viewer);
    const leave = feed.join(listener, beat);
    const timer = setInterval(() => void beat().catch(() => undefined), heartbeat);
    return () => {
      clearInterval(timer);
      leave();
    };
  }

  /** Notes that somebody is there, where they are in a safe mode; others are told only when that is new. */
  async beat(unitId: Id, actor: Actor): Promise<void> {
    // Nearly all listeners are in no safe mode: they must not cost a write each time.
    if (!(await this.database.read((db) => this.active.of(db, actor, unitId)))) return;
    const isNew = await this.database.transaction(async (db) => {
      // Else somebody who leaves at this moment would be noted as there.
      await this.active.hold(db, actor);
      const active = await this.active.of(db, actor, unitId);
      if (!active) return false;
      return this.renew(db, unitId, active.safeModeId, actor.userId, active.enteredAt);
    });
    if (isNew) this.changed(unitId);
  }

  /** As `beat`, within a transaction. Answers whether they were not there before. */
  async renew(db: Db, unitId: Id, safeModeId: Id, userId: Id, since: Date): Promise<boolean> {
    return this.presence.renew(
      db,
      { unitId, safeModeId, userId, since, seenAt: this.now() },
      this.unseenSince(),
    );
  }

  /** Tells every listener of the unit to look again. After the commit. */
  changed(unitId: Id): void {
    this.topics.publish('presence', unitId, { unitId });
  }

  /** Forgets whoever went without a word, or is no admin any more. */
  async sweep(): Promise<void> {
    const gone = await this.database.read((db) => this.presence.gone(db, this.unseenSince()));
    if (gone.length === 0) return;
    await this.database.transaction((db) => this.presence.removeGone(db, gone, this.unseenSince()));
    for (const unitId of new Set(gone.map((each) => each.unitId))) this.changed(unitId);
  }

  private textOf(presence: Presence[]): string {
    const text = this.texts.get(presence) ?? JSON.stringify(presence);
    this.texts.set(presence, text);
    return text;
  }

  private unseenSince(): Date {
    return shifted(this.now(), -silence);
  }

  /** One read for all who ask before it has begun; it begins after all of them were told. */
  private sharedRead(unitId: Id): Promise<Presence[]> {
    const waiting = this.reads.get(unitId);
    if (waiting) return waiting;
    const read = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.reads.delete(unitId);
      return this.inUnit(unitId);
    });
    this.reads.set(unitId, read);
    return read;
  }
}
