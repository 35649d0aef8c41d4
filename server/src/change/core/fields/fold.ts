import { isTextList } from '../canonical';
import { type FieldType } from '../descriptor';
import { isList, isMap, isLeaf, isSet, leaf, mapEntry, setEntry } from './entry';
import { isJsonObject, type JsonObject, type Maybe, own, sameJson } from '../json';
import { listEntry, mergeList, sameOrder, without } from './list';
import { type Entry, type Id, type ListEntry } from '../task';

/** What a fold looks at. Values are canonical. */
export interface FoldedValue {
  /** What everybody has now. */
  live: Maybe;
  /** What the admin saw: live with the file's tasks. */
  shown: Maybe;
  asked: Maybe;
  /** Ids that tasks of the file delete: a list is shown without them. */
  gone?: ReadonlySet<Id>;
}

/**
 * The entry of one field after an edit from `shown` to `asked`, or `undefined` when nothing of it is left. What the edit
 * touches gets live as its `from`; what it does not touch stays as it was.
 */
export function fold(type: FieldType, entry: Entry | undefined, value: FoldedValue): Entry | undefined {
  if (sameJson(value.shown, value.asked)) return entry;
  switch (type) {
    case 'set':
      return foldSet(entry, value);
    case 'list':
      return foldList(entry, value);
    case 'setMap':
      return foldKeys(entry, value, foldSet);
    case 'leafMap':
      return foldKeys(entry, value, foldLeaf);
    case 'map':
    case 'applications':
      return foldMap(entry, value);
    case 'scalar':
    case 'json':
      return foldLeaf(entry, value);
  }
}

/** The entry that turns one value into another, both live and shown. */
export function difference(type: FieldType, from: Maybe, to: Maybe): Entry | undefined {
  return fold(type, undefined, { live: from, shown: from, asked: to });
}

type Fold = (entry: Entry | undefined, value: FoldedValue) => Entry | undefined;

function foldLeaf(entry: Entry | undefined, { live, shown, asked }: FoldedValue): Entry | undefined {
  if (sameJson(shown, asked)) return entry;
  return sameJson(asked, live) ? undefined : leaf(live, asked);
}

function foldMap(entry: Entry | undefined, value: FoldedValue): Entry | undefined {
  return foldKeys(entry, value, foldMap);
}

/** By key where live, shown and asked are all objects, else as one value. */
function foldKeys(entry: Entry | undefined, value: FoldedValue, foldKey: Fold): Entry | undefined {
  const { live, shown, asked } = value;
  const alike = isJsonObject(live) && isJsonObject(shown) && isJsonObject(asked);
  // Who replaced the whole goes on replacing it.
  if (!alike || isLeaf(entry)) return foldLeaf(entry, value);
  const entries = isMap(entry) ? entry.keys : {};
  const keys = new Set([entries, shown, asked].flatMap((object) => Object.keys(object)));
  return mapEntry(
    [...keys].map((key) => [
      key,
      foldKey(own(entries, key), {
        live: ownValue(live, key),
        shown: ownValue(shown, key),
        asked: ownValue(asked, key),
      }),
    ]),
  );
}

const ownValue = (object: JsonObject, key: string): Maybe => own(object, key);

function foldSet(entry: Entry | undefined, value: FoldedValue): Entry | undefined {
  const [live, shown, asked] = [value.live, value.shown, value.asked].map((set) => set ?? []);
  if (!isTextList(live) || !isTextList(shown) || !isTextList(asked)) return foldLeaf(entry, value);
  const add = new Set(isSet(entry) ? entry.add : []);
  const remove = new Set(isSet(entry) ? entry.remove : []);
  for (const member of without(asked, shown)) {
    remove.delete(member);
    if (!live.includes(member)) add.add(member);
  }
  for (const member of without(shown, asked)) {
    add.delete(member);
    if (live.includes(member)) remove.add(member);
  }
  return setEntry(add, remove);
}

function foldList(entry: Entry | undefined, value: FoldedValue): Entry | undefined {
  const { live, shown, asked, gone = new Set() } = value;
  if (!isTextList(live) || !isTextList(shown) || !isTextList(asked)) return foldLeaf(entry, value);
  if (sameOrder(shown, asked)) return entry;
  if (sameOrder(asked, without(live, gone))) return undefined;
  const mine = isList(entry) ? myList(entry, live) : live;
  return listEntry(live, mergeList({ from: shown, to: asked }, mine).order);
}

/** My list as it would be without my own deletions; while it is in conflict, live is what I see and start from. */
function myList(entry: ListEntry, live: Id[]): Id[] {
  const { order, conflict } = mergeList(entry, live);
  return conflict ? live : order;
}
