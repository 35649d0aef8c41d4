import { type ConfigurationObject, type Id, type Kind, type ObjectName } from './core/task';

/** The configuration as the one who edits it sees it: what is live, or what it would be with their safe mode. */
export interface ShownConfiguration {
  objects(kind: Kind, ids: readonly Id[]): Promise<Map<Id, ConfigurationObject>>;
  withKeys(kind: Kind, keys: readonly string[]): Promise<Map<Id, ConfigurationObject>>;
  referrers(kind: Kind, ids: readonly Id[]): Promise<ObjectName[]>;
}
