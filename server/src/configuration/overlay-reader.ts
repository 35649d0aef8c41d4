import { type ConfigurationObject, type Id, type Kind, kinds, type ObjectName } from '../change/core/task';
import { type ConfigurationReader } from './configuration-reader';
import { type ListPosition, type ListQuery, type Stored } from './content.store';
import { descriptors } from './descriptors';
import { Overlay } from './overlay';
import { comparePlaces, type Placed, placed, positionOf } from './overlay-list';

export { Overlay };

/**
 * How many changed objects a live page is read past, at the first try, the second, and from then on. A page is mostly
 * full at once, because what changes mostly stays where it was; where a whole stretch of the list is gone, the third
 * page is long enough to get over it.
 */
const readPast = [8, 100, 2_000] as const;

/** Reads the configuration as it would be with a safe mode applied. Nothing is written. */
export class OverlayReader implements ConfigurationReader {
  /** @param live the configuration that the changes of the overlay were found on */
  constructor(
    private readonly live: ConfigurationReader,
    private readonly overlay: Overlay,
  ) {}

  /** As it would be; of an object that only a task in conflict creates, its draft, without what is gone. */
  async object(kind: Kind, id: Id): Promise<ConfigurationObject | undefined> {
    const change = this.overlay.change(kind, id);
    if (change) return change.after;
    const live = await this.live.object(kind, id);
    if (live) return live;
    const draft = this.overlay.draft(kind, id);
    return draft && this.withoutLost(kind, id, draft);
  }

  /** What a draft points at may be gone, which is why it is one: it is shown without that. */
  private async withoutLost(kind: Kind, id: Id, draft: ConfigurationObject): Promise<ConfigurationObject> {
    const references = descriptors[kind].references(id, draft);
    const found = await Promise.all(references.map(({ to, id: target }) => this.has(to, target)));
    return references
      .filter((_, index) => !found[index])
      .reduce((value, reference) => descriptors[kind].drop(value, reference), draft);
  }

  private async has(kind: Kind, id: Id): Promise<boolean> {
    const change = this.overlay.change(kind, id);
    if (change) return change.after !== undefined;
    return this.overlay.draft(kind, id) !== undefined || (await this.live.object(kind, id)) !== undefined;
  }

  async withKey(kind: Kind, key: string): Promise<Stored | undefined> {
    const holder = this.overlay.holder(kind, key);
    if (holder) return holder;
    const holding = await this.live.withKey(kind, key);
    return holding && !this.overlay.change(kind, holding.id) ? holding : undefined;
  }

  async referrers(kind: Kind, id: Id): Promise<ObjectName[]> {
    const unchanged = (await this.live.referrers(kind, id)).filter(
      (referrer) => !this.overlay.change(referrer.kind, referrer.id),
    );
    return [...unchanged, ...this.overlay.referrers(kind, id)].sort(compareNames);
  }

  /** Live pages, without what changed in them, merged with what the query finds among the changed objects. */
  async list(kind: Kind, query: ListQuery, limit: number, after?: ListPosition): Promise<Stored[]> {
    if (!this.overlay.changes(kind)) return this.live.list(kind, query, limit, after);
    const order = orderOf(query);
    const changed = this.overlay.after(kind).page(query, limit, after);
    const unchanged: Placed[] = [];
    let position = after;
    let missing = limit;
    for (let attempt = 0; missing > 0; attempt++) {
      const size = missing + this.changedAhead(kind, query, attempt, position);
      const rows = await this.live.list(kind, query, size, position);
      for (const row of rows) {
        if (!this.overlay.change(kind, row.id)) unchanged.push(placed(kind, query.sort, row));
      }
      const last = rows.at(-1);
      if (!last || rows.length < size) break;

      // A changed object that stands further on may have unchanged ones before it.
      const end = placed(kind, query.sort, last);
      const reached = changed.filter((object) => order(object, end) <= 0);
      missing = limit - unchanged.length - reached.length;
      position = positionOf(kind, query.sort, last);
    }
    return [...unchanged, ...changed]
      .sort(order)
      .slice(0, limit)
      .map(({ id, value }) => ({ id, value }));
  }

  async count(kind: Kind, query: ListQuery): Promise<number> {
    const { overlay } = this;
    const live = await this.live.count(kind, query);
    return live - overlay.before(kind).count(query) + overlay.after(kind).count(query);
  }

  /** How many rows the next live page may lose to the overlay, within what one page may be read past. */
  private changedAhead(kind: Kind, query: ListQuery, attempt: number, position?: ListPosition): number {
    const most = readPast[Math.min(attempt, readPast.length - 1)]!;
    return Math.min(most, this.overlay.before(kind).countAfter(query, position));
  }
}

function orderOf({ descending }: ListQuery): (a: Placed, b: Placed) => number {
  return descending ? (a, b) => comparePlaces(b.place, a.place) : (a, b) => comparePlaces(a.place, b.place);
}

/** The order in which a store answers: by kind, then by id. */
function compareNames(a: ObjectName, b: ObjectName): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
  );
}
