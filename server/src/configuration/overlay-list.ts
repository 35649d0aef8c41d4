import { type Id, type Kind } from '../change/core/task';
import { type ListPosition, type ListQuery, type Stored } from './content.store';
import { tables } from './tables';

/** An object at its place in an order. */
export interface Placed extends Stored {
  /** Sort value and id as the databases compare them: byte by byte, which UTF-16 is not. */
  place: readonly [sortValue: Buffer, id: Buffer];
}

/** Objects of one kind in memory, listed as a database would list them. Immutable; what queries need is prepared once. */
export class OverlayList {
  private readonly ascending = new Map<string, readonly Placed[]>();
  private searched?: ReadonlyMap<Id, Buffer>;

  constructor(
    private readonly kind: Kind,
    private readonly objects: readonly Stored[],
  ) {}

  /** At most `limit` of the objects that the query finds after a position, in its order. */
  page(query: ListQuery, limit: number, after?: ListPosition): Placed[] {
    const finds = this.finder(query);
    const page: Placed[] = [];
    for (const placed of this.after(query, after)) {
      if (page.length === limit) break;
      if (finds(placed)) page.push(placed);
    }
    return page;
  }

  /** How many objects the query finds. */
  count(query: ListQuery): number {
    return this.objects.filter(this.finder(query)).length;
  }

  /** How many objects stand after a position in the order of the query, whether it finds them or not. */
  countAfter({ sort, descending }: ListQuery, position?: ListPosition): number {
    const { length } = this.objects;
    if (!position) return length;
    const [before, through] = this.around(sort, position);
    return descending ? before : length - through;
  }

  private *after(query: ListQuery, position?: ListPosition): Generator<Placed> {
    const ordered = this.orderedBy(query.sort);
    const count = this.countAfter(query, position);
    for (let index = 0; index < count; index++)
      yield ordered[query.descending ? count - 1 - index : ordered.length - count + index]!;
  }

  /** How many objects stand before a position, and how many up to and with it. */
  private around(sort: string | undefined, position: ListPosition): [before: number, through: number] {
    const ordered = this.orderedBy(sort);
    const place = placeAt(position);
    let [low, high] = [0, ordered.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comparePlaces(ordered[middle]!.place, place) < 0) low = middle + 1;
      else high = middle;
    }
    const there = low < ordered.length && comparePlaces(ordered[low]!.place, place) === 0;
    return [low, there ? low + 1 : low];
  }

  private orderedBy(sort: string | undefined): readonly Placed[] {
    const name = sort === undefined ? usualSort(this.kind) : sort;
    const known = this.ascending.get(name);
    if (known) return known;
    const ordered = this.objects
      .map((object) => placed(this.kind, name, object))
      .sort((a, b) => comparePlaces(a.place, b.place));
    this.ascending.set(name, ordered);
    return ordered;
  }

  private finder({ search, viewer }: ListQuery): (object: Stored) => boolean {
    const { visible } = tables[this.kind];
    const texts = search === undefined ? undefined : this.searchedTexts();
    const wanted = Buffer.from(search === undefined ? '' : search);
    return ({ id, value }) =>
      (!texts || texts.get(id)!.includes(wanted)) && (!viewer || !visible || visible.judge(viewer, value));
  }

  private searchedTexts(): ReadonlyMap<Id, Buffer> {
    if (!this.searched) {
      const described = tables[this.kind];
      const column = described.columns.indexOf(described.searchColumn);
      const text = ({ id, value }: Stored) => described.encode(id, value).row[column] as string;
      this.searched = new Map(this.objects.map((object) => [object.id, Buffer.from(text(object))]));
    }
    return this.searched;
  }
}

/** The object at its place in one of the orders of its kind. */
export function placed(kind: Kind, sort: string | undefined, object: Stored): Placed {
  return { ...object, place: placeAt(positionOf(kind, sort, object)) };
}

/** After which position the objects behind this one stand. */
export function positionOf(kind: Kind, sort: string | undefined, { id, value }: Stored): ListPosition {
  const name = sort === undefined ? usualSort(kind) : sort;
  const key = tables[kind].sorts[name];
  if (!key) throw new Error(`No sort ${name}`);
  return { sortValue: key.of(id, value), id };
}

/** Compares as ascending orders do. */
export function comparePlaces([a, idOfA]: Placed['place'], [b, idOfB]: Placed['place']): number {
  return Buffer.compare(a, b) || Buffer.compare(idOfA, idOfB);
}

const usualSort = (kind: Kind): string => Object.keys(tables[kind].sorts)[0]!;

const placeAt = ({ sortValue, id }: ListPosition): Placed['place'] => [
  Buffer.from(sortValue),
  Buffer.from(id),
];
