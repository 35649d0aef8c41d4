import { type Id, type ListEntry } from '../task';

/** What a list entry makes of the live list; `conflict` when both sides changed the order and differ. */
export interface MergedList {
  order: Id[];
  conflict: boolean;
}

/**
 * Merges an ordered list without doubles: live, minus what the entry takes out, plus what it puts in. When both changed
 * the order of what all three hold, the entry's order is returned and the conflict noted.
 */
export function mergeList({ from, to }: ListEntry, live: readonly Id[]): MergedList {
  if (sameOrder(live, from)) return { order: [...to], conflict: false };
  if (sameOrder(live, to)) return { order: [...live], conflict: false };

  const shared = intersection(intersection(from, to), live);
  const [base, mine, theirs] = [from, to, live].map((list) => intersection(list, shared)) as [
    Id[],
    Id[],
    Id[],
  ];
  const iMoved = !sameOrder(base, mine);
  const theyMoved = !sameOrder(base, theirs);

  const order = iMoved ? [...mine] : [...theirs];
  const removed = new Set(without(from, to));
  // What live has put in goes first, so that mine at the same place stands before it.
  insertMissing(order, live, (id) => !removed.has(id));
  const gone = new Set(without(from, live));
  insertMissing(order, to, (id) => !gone.has(id));
  return { order, conflict: iMoved && theyMoved && !sameOrder(mine, theirs) };
}

/** The entry that makes one list of another, or `undefined` when they are the same. */
export function listEntry(from: readonly Id[], to: readonly Id[]): ListEntry | undefined {
  return sameOrder(from, to) ? undefined : { from: [...from], to: [...to] };
}

/** Puts an id of `origin` back into a list, after its nearest predecessor there. */
export function reinsert(list: readonly Id[], origin: readonly Id[], id: Id): Id[] {
  const order = [...list];
  insertMissing(order, origin, (candidate) => candidate === id);
  return order;
}

export function sameOrder(a: readonly Id[], b: readonly Id[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

export function without(list: readonly Id[], others: Iterable<Id>): Id[] {
  const out = new Set(others);
  return list.filter((id) => !out.has(id));
}

function intersection(list: readonly Id[], other: readonly Id[]): Id[] {
  const members = new Set(other);
  return list.filter((id) => members.has(id));
}

/** Inserts each wanted id of `origin` that `order` lacks after its nearest predecessor in `origin`, else at the head. */
function insertMissing(order: Id[], origin: readonly Id[], wanted: (id: Id) => boolean): void {
  const present = new Set(order);
  let predecessor: Id | undefined;
  for (const id of origin) {
    if (!present.has(id) && wanted(id)) {
      order.splice(predecessor === undefined ? 0 : order.indexOf(predecessor) + 1, 0, id);
      present.add(id);
    }
    if (present.has(id)) predecessor = id;
  }
}
