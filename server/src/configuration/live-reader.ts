import DataLoader from 'dataloader';
import { type ConfigurationObject, type Id, type Kind, kinds, type ObjectName } from '../change/core/task';
import { type Database } from '../storage/database';
import { type ConfigurationReader } from './configuration-reader';
import { type ContentStore, type ListPosition, type ListQuery, type Stored } from './content.store';

type Loader<T> = DataLoader<Id, T>;

/** Reads what is live for everybody: one generation, for the length of one request. */
export class LiveReader implements ConfigurationReader {
  private readonly objects: Record<Kind, Loader<ConfigurationObject | undefined>>;
  private readonly referring: Record<Kind, Loader<ObjectName[]>>;

  constructor(
    private readonly database: Pick<Database, 'read'>,
    private readonly content: ContentStore,
    private readonly generationId: Id,
  ) {
    this.objects = perKind((kind) => this.objectLoader(kind));
    this.referring = perKind((kind) => this.referrerLoader(kind));
  }

  object(kind: Kind, id: Id): Promise<ConfigurationObject | undefined> {
    return this.objects[kind].load(id);
  }

  referrers(kind: Kind, id: Id): Promise<ObjectName[]> {
    return this.referring[kind].load(id);
  }

  async withKey(kind: Kind, key: string): Promise<Stored | undefined> {
    const found = await this.database.read((db) => this.content.withKeys(db, this.generationId, kind, [key]));
    const [entry] = found;
    return entry && { id: entry[0], value: entry[1] };
  }

  list(kind: Kind, query: ListQuery, limit: number, after?: ListPosition): Promise<Stored[]> {
    return this.database.read((db) => this.content.list(db, this.generationId, kind, query, limit, after));
  }

  count(kind: Kind, query: ListQuery): Promise<number> {
    return this.database.read((db) => this.content.count(db, this.generationId, kind, query));
  }

  private objectLoader(kind: Kind): Loader<ConfigurationObject | undefined> {
    return new DataLoader(async (ids) => {
      const found = await this.database.read((db) => this.content.objects(db, this.generationId, kind, ids));
      return ids.map((id) => found.get(id));
    });
  }

  private referrerLoader(kind: Kind): Loader<ObjectName[]> {
    return new DataLoader(async (ids) => {
      const found = await this.database.read((db) =>
        this.content.referrers(db, this.generationId, kind, ids),
      );
      return ids.map((id) => found.filter(({ to }) => to === id).map(({ kind, id }) => ({ kind, id })));
    });
  }
}

const perKind = <T>(make: (kind: Kind) => T): Record<Kind, T> =>
  Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
