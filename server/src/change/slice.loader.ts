import { type ContentStore } from '../configuration/content.store';
import { type Db } from '../storage/database';
import { byKind, type Loaded, type SliceRequest } from './core/slice';
import { type ConfigurationObject, type Id, kinds } from './core/task';

/** Answers slice requests from one generation, in a few batched queries each. */
export const sliceLoader =
  (db: Db, content: ContentStore, generationId: Id) =>
  async (request: SliceRequest): Promise<Loaded> => {
    const objects = byKind(() => new Map<Id, ConfigurationObject>());
    const existing = byKind(() => new Set<Id>());
    const referring = byKind(() => new Set<Id>());
    for (const kind of kinds) {
      for (const referrer of await content.referrers(db, generationId, kind, request.referrersOf[kind])) {
        referring[referrer.kind].add(referrer.id);
      }
    }
    for (const kind of kinds) {
      const ids = [...new Set([...request.objects[kind], ...referring[kind]])];
      addAll(objects[kind], await content.objects(db, generationId, kind, ids));
      if (request.keys[kind].length > 0) {
        addAll(objects[kind], await content.withKeys(db, generationId, kind, request.keys[kind]));
      }
      for (const id of await content.existing(db, generationId, kind, request.existing[kind]))
        existing[kind].add(id);
    }
    return { objects, existing };
  };

function addAll<K, V>(target: Map<K, V>, source: ReadonlyMap<K, V>): void {
  for (const [key, value] of source) target.set(key, value);
}
