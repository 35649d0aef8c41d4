/** Where a feed has its values from: a state that changes, and messages that it has. */
export interface FeedSource<M, T> {
  /** What there is now. */
  present: () => Promise<T>;
  messages: () => AsyncIterableIterator<M>;
  /** What there is after a message. */
  each: (message: M) => T | Promise<T>;
  /** Whether somebody who was told one of two values wants to hear the other. */
  isNews: (value: T, told: T) => boolean;
}

/** Who listens to a feed. */
export interface FeedListener<T> {
  tell(value: T): void;
  /** Nothing more comes. */
  fail(error: unknown): void;
}

/** A listener's seat: what they were told last, and what came while their first value was still being read. */
interface Seat<T> {
  listener: FeedListener<T>;
  told?: T;
  held?: T;
}

/**
 * One state for many listeners: each is told the present, then what every message brings that is news to them. Messages
 * are listened to once, however many there are. As with `presentThenEach` nothing between the two is missed.
 */
export class Feed<M, T extends object> {
  private readonly seats = new Set<Seat<T>>();
  private messages: AsyncIterableIterator<M> | undefined;

  constructor(
    private readonly source: FeedSource<M, T>,
    private readonly onEmpty: () => void,
  ) {}

  /** Answers how to leave. `before` is waited for before the present is read, and fails the listener where it fails. */
  join(listener: FeedListener<T>, before?: () => Promise<unknown>): () => void {
    const seat: Seat<T> = { listener };
    this.seats.add(seat);
    // Listening must not begin later than the reading.
    if (!this.messages) void this.listen();
    void this.tellPresent(seat, before);
    return () => this.leave(seat);
  }

  private async tellPresent(seat: Seat<T>, before: (() => Promise<unknown>) | undefined): Promise<void> {
    try {
      await before?.();
      const present = await this.source.present();
      if (!this.seats.has(seat)) return;
      seat.told = present;
      seat.listener.tell(present);
      const { held } = seat;
      seat.held = undefined;
      if (held !== undefined) this.tell(seat, held);
    } catch (error) {
      this.fail(seat, error);
    }
  }

  private async listen(): Promise<void> {
    const messages = this.source.messages();
    this.messages = messages;
    try {
      let next = messages.next();
      for (let message = await next; !message.done; message = await next) {
        next = messages.next();
        const value = await this.source.each(message.value);
        for (const seat of this.seats) this.tell(seat, value);
      }
    } catch (error) {
      for (const seat of [...this.seats]) this.fail(seat, error);
    }
  }

  private tell(seat: Seat<T>, value: T): void {
    if (seat.told === undefined) seat.held = value;
    else if (this.source.isNews(value, seat.told)) {
      seat.told = value;
      seat.listener.tell(value);
    }
  }

  private fail(seat: Seat<T>, error: unknown): void {
    if (!this.seats.has(seat)) return;
    this.leave(seat);
    seat.listener.fail(error);
  }

  private leave(seat: Seat<T>): void {
    if (!this.seats.delete(seat) || this.seats.size > 0) return;
    void this.messages?.return?.();
    this.messages = undefined;
    this.onEmpty();
  }
}

/** The feeds of a kind by id; each is there for as long as somebody listens. */
export class Feeds<M, T extends object> {
  private readonly feeds = new Map<string, Feed<M, T>>();

  constructor(private readonly sourceOf: (id: string) => FeedSource<M, T>) {}

  of(id: string): Feed<M, T> {
    const known = this.feeds.get(id);
    if (known) return known;
    const feed = new Feed(this.sourceOf(id), () => this.feeds.delete(id));
    this.feeds.set(id, feed);
    return feed;
  }
}
