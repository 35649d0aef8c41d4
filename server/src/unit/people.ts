import DataLoader from 'dataloader';
import { UserEntity } from '../access/user.entity';
import { type Database, type Db } from '../storage/database';
import { In } from 'typeorm';

/** Somebody as everybody may see them: no address, no rights. */
export interface PersonName {
  id: string;
  name: string;
}

/** One person's name; null for an unknown id. */
export async function personName({ manager }: Db, id: string): Promise<PersonName | null> {
  return manager.findOne(UserEntity, { select: { id: true, name: true }, where: { id } });
}

/** Names of people by id, in batches. For one request: it remembers what it has read. */
export type PeopleLoader = DataLoader<string, PersonName | null>;

/** Names stay known after a user is deactivated or removed from a unit; an unknown id is null. */
export const peopleLoader = (database: Database): PeopleLoader =>
  new DataLoader((ids) =>
    database.read(async ({ manager }) => {
      const people = await manager.find(UserEntity, {
        select: { id: true, name: true },
        where: { id: In([...ids]) },
      });
      const byId = new Map(people.map(({ id, name }) => [id, { id, name }]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  );
