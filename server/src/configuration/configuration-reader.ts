import { type ConfigurationObject, type Id, type Kind, type ObjectName } from '../change/core/task';
import { type ListPosition, type ListQuery, type Stored } from './content.store';

/** The configuration of one unit as one request sees it. Secrets are in clear: callers mask what leaves the server. */
export interface ConfigurationReader {
  /** Many calls at once become one query. */
  object(kind: Kind, id: Id): Promise<ConfigurationObject | undefined>;
  /** The object with this unique key (see `keyOf` of its descriptor). */
  withKey(kind: Kind, key: string): Promise<Stored | undefined>;
  /** Who refers to the object. */
  referrers(kind: Kind, id: Id): Promise<ObjectName[]>;
  /** At most `limit` objects of a list, after a position. */
  list(kind: Kind, query: ListQuery, limit: number, after?: ListPosition): Promise<Stored[]>;
  count(kind: Kind, query: ListQuery): Promise<number>;
}
