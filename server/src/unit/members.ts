import DataLoader from 'dataloader';
import { chunks, type Database, placeholders } from '../storage/database';
import { type PersonName } from './people';

/** Finds the members of a unit by their e-mail. */
export class Members {
  constructor(private readonly database: Database) {}

  /** Members by normalised e-mail, in batches, for one request; null for whom the unit does not know. */
  byEmail(unitId: string): DataLoader<string, PersonName | null> {
    return new DataLoader((emails) =>
      this.database.read(async (db) => {
        const people = new Map<string, PersonName>();
        for (const some of chunks(emails, 500)) {
          const rows = await db.rows(
            `SELECT u.email, u.id, u.name FROM user u JOIN membership m ON m.user_id = u.id
             WHERE m.unit_id = ? AND u.email IN (${placeholders(some.length)})`,
            [unitId, ...some],
          );
          for (const [email, id, name] of rows as [string, string, string][]) people.set(email, { id, name });
        }
        return emails.map((email) => people.get(email) ?? null);
      }),
    );
  }
}
