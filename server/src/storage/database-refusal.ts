import { Busy, type Refusal, ServiceUnavailable } from '../refusal';
import { isDatabaseAway, isDatabaseBusy } from './database-away';

/** What is said instead of a fault of the database that comes from outside of the product; nothing for any other. */
export function databaseRefusal(error: unknown): Refusal | undefined {
  if (isDatabaseAway(error)) return new ServiceUnavailable();
  return isDatabaseBusy(error) ? new Busy() : undefined;
}
