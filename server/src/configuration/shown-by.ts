import { type ShownConfiguration } from '../change/shown-configuration';
import { type ConfigurationReader } from './configuration-reader';

/** What a reader reads, for operations that look at it. */
export const shownBy = (reader: ConfigurationReader): ShownConfiguration => ({
  async objects(kind, ids) {
    const found = await Promise.all(ids.map(async (id) => [id, await reader.object(kind, id)] as const));
    return new Map(found.flatMap(([id, value]) => (value ? [[id, value]] : [])));
  },
  async withKeys(kind, keys) {
    const found = await Promise.all(keys.map((key) => reader.withKey(kind, key)));
    return new Map(found.flatMap((object) => (object ? [[object.id, object.value]] : [])));
  },
  async referrers(kind, ids) {
    return (await Promise.all(ids.map((id) => reader.referrers(kind, id)))).flat();
  },
});
