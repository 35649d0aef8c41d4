import { byKind } from '../change/core/slice';
import {
  type Change,
  type ConfigurationObject,
  type Id,
  type Kind,
  type ObjectName,
} from '../change/core/task';
import { type Stored } from './content.store';
import { descriptors } from './descriptors';
import { OverlayList } from './overlay-list';

/** An object that is not part of the overlay, because its task is in conflict. */
export interface Draft extends ObjectName {
  value: ConfigurationObject;
}

/** What an overlay says of one kind. */
interface KindOverlay {
  changes: ReadonlyMap<Id, Change>;
  drafts: ReadonlyMap<Id, ConfigurationObject>;
  /** By unique key, as it would be. */
  holders: ReadonlyMap<string, Stored>;
  /** What live lists show of the changed objects, and what overlaid ones show instead. */
  before: OverlayList;
  after: OverlayList;
}

/**
 * The difference that a safe mode makes to the live configuration, prepared for reading. Immutable, so that all
 * requests that see the same revisions of safe mode and unit can share one.
 */
export class Overlay {
  private readonly kinds: Record<Kind, KindOverlay>;
  private readonly referring: ReadonlyMap<string, readonly ObjectName[]>;

  /**
   * @param changes what an evaluation found, `before` being what is live, of every object that differs
   * @param drafts creates that are in conflict; found by id only
   */
  constructor(changes: readonly Change[], drafts: readonly Draft[] = []) {
    this.kinds = byKind((kind) => kindOverlay(kind, changes, drafts));
    this.referring = referrersIn(changes);
  }

  /** The change of this object; none where it is as live. */
  change(kind: Kind, id: Id): Change | undefined {
    return this.kinds[kind].changes.get(id);
  }

  /** The draft with this id, whether the overlay or live has such an object or not. */
  draft(kind: Kind, id: Id): ConfigurationObject | undefined {
    return this.kinds[kind].drafts.get(id);
  }

  /** Whether anything of the kind differs from live. */
  changes(kind: Kind): boolean {
    return this.kinds[kind].changes.size > 0;
  }

  /** The changed object that would have this unique key. */
  holder(kind: Kind, key: string): Stored | undefined {
    return this.kinds[kind].holders.get(key);
  }

  /** The changed objects that would refer to this one. */
  referrers(kind: Kind, id: Id): readonly ObjectName[] {
    return this.referring.get(`${kind} ${id}`) ?? [];
  }

  /** The changed objects as live lists show them. */
  before(kind: Kind): OverlayList {
    return this.kinds[kind].before;
  }

  /** The changed objects as they would be listed. */
  after(kind: Kind): OverlayList {
    return this.kinds[kind].after;
  }
}

function kindOverlay(kind: Kind, changes: readonly Change[], drafts: readonly Draft[]): KindOverlay {
  const changed = changes.filter((change) => change.kind === kind);
  const after = stored(changed, 'after');
  return {
    changes: new Map(changed.map((change) => [change.id, change])),
    drafts: new Map(drafts.filter((draft) => draft.kind === kind).map(({ id, value }) => [id, value])),
    holders: holdersAmong(kind, after),
    before: new OverlayList(kind, stored(changed, 'before')),
    after: new OverlayList(kind, after),
  };
}

function stored(changes: readonly Change[], side: 'before' | 'after'): Stored[] {
  return changes.flatMap((change) => {
    const value = change[side];
    return value ? [{ id: change.id, value }] : [];
  });
}

function holdersAmong(kind: Kind, objects: readonly Stored[]): Map<string, Stored> {
  const descriptor = descriptors[kind];
  const holders = new Map<string, Stored>();
  if (!descriptor.unique) return holders;
  for (const object of objects) {
    const key = descriptor.keyOf(object.value);
    if (key !== undefined) holders.set(key, object);
  }
  return holders;
}

function referrersIn(changes: readonly Change[]): Map<string, ObjectName[]> {
  const referring = new Map<string, ObjectName[]>();
  for (const { kind, id, after } of changes) {
    const references = after ? descriptors[kind].references(id, after) : [];
    for (const target of new Set(references.map((reference) => `${reference.to} ${reference.id}`))) {
      const others = referring.get(target);
      if (others) others.push({ kind, id });
      else referring.set(target, [{ kind, id }]);
    }
  }
  return referring;
}
