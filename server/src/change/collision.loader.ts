import { type ContentStore } from '../configuration/content.store';
import { descriptors } from '../configuration/descriptors';
import { type Db } from '../storage/database';
import { asJson } from './core/descriptor';
import { own, pointerTo, valueAt } from './core/json';
import { type Change, type Conflict, type Id, type Kind, kinds, type ObjectName } from './core/task';

/** A change that the tables do not let in, as the conflict that it is; whose task it is, knows the caller. */
export type Collision = Omit<Conflict, 'task'>;

/** Finds by reading what stands in the way of changes that broke a constraint, one object after another. */
export class CollisionLoader {
  private readonly changeByName: ReadonlyMap<string, Change>;

  constructor(
    private readonly content: ContentStore,
    private readonly db: Db,
    private readonly generationId: Id,
    private readonly changes: readonly Change[],
  ) {
    this.changeByName = new Map(changes.map((change) => [nameOf(change), change]));
  }

  /** All of them; none where the constraint was broken by something else. */
  async collisions(): Promise<Collision[]> {
    const found: Collision[] = [];
    for (const change of this.changes) {
      if (!change.after) continue;
      found.push(...(await this.ofKey(change)), ...(await this.ofReferences(change)));
    }
    for (const kind of kinds) found.push(...(await this.ofDeletes(kind)));
    return found;
  }

  /** The key that it brings, where somebody else holds it. */
  private async ofKey({ kind, id, before, after }: Change): Promise<Collision[]> {
    const descriptor = descriptors[kind];
    const key = descriptor.unique ? descriptor.keyOf(after!) : undefined;
    if (key === undefined || (before && descriptor.keyOf(before) === key)) return [];
    const holders = await this.content.withKeys(this.db, this.generationId, kind, [key]);
    const others = [...holders.keys()]
      .map((holder) => ({ kind, id: holder }))
      .filter((other) => other.id !== id && this.keeps(other, key));
    const mine = own(after!, descriptor.key);
    const path = pointerTo(descriptor.key);
    return others.length > 0 ? [{ kind, target: id, code: 'NAME_TAKEN', path, mine, others }] : [];
  }

  /** Whether a holder of the key has it still after the changes. */
  private keeps(holder: ObjectName, key: string): boolean {
    const change = this.changeOf(holder);
    return !change || (change.after !== undefined && descriptors[holder.kind].keyOf(change.after) === key);
  }

  /** References to what is not there, or not any more after the changes. */
  private async ofReferences({ kind, id, after }: Change): Promise<Collision[]> {
    const found: Collision[] = [];
    for (const reference of descriptors[kind].references(id, after!)) {
      const target = { kind: reference.to, id: reference.id };
      if (await this.willExist(target)) continue;
      const { path, place } = reference;
      const mine = valueAt(asJson(after!), path);
      found.push({
        ...{ kind, target: id, code: 'REFERENCE_MISSING', path, place, reference, others: [target] },
        ...(mine !== undefined && { mine }),
      });
    }
    return found;
  }

  private async willExist(target: ObjectName): Promise<boolean> {
    const change = this.changeOf(target);
    if (change) return change.after !== undefined;
    const found = await this.content.existing(this.db, this.generationId, target.kind, [target.id]);
    return found.size > 0;
  }

  /** What is deleted though others, which stay as they are, refer to it. */
  private async ofDeletes(kind: Kind): Promise<Collision[]> {
    const deleted = this.changes
      .filter((change) => change.kind === kind && !change.after)
      .map(({ id }) => id);
    const referrers = await this.content.referrers(this.db, this.generationId, kind, deleted);
    const found: Collision[] = [];
    for (const { to, ...holder } of referrers.filter((referrer) => !this.changeOf(referrer))) {
      const values = await this.content.objects(this.db, this.generationId, holder.kind, [holder.id]);
      for (const reference of descriptors[holder.kind].references(holder.id, values.get(holder.id)!)) {
        if (reference.to !== kind || reference.id !== to) continue;
        const { place } = reference;
        found.push({
          ...{ kind, target: to, code: 'REFERENCE_GAINED', path: '', place, reference, others: [holder] },
        });
      }
    }
    return found;
  }

  private changeOf(object: ObjectName): Change | undefined {
    return this.changeByName.get(nameOf(object));
  }
}

const nameOf = ({ kind, id }: ObjectName): string => `${kind} ${id}`;
