import { type Role } from '../../access/role';
import { type JsonObject } from '../../change/core/json';
import { type Id } from '../../change/core/task';

/** What a plugin requires → the exposed action or portal of an installed plugin that serves it. */
export type Mapping = { pluginId: Id; name: string };

/** An installed plugin. Name, version and kind are in the manifest. */
export type Plugin = {
  bundle: string;
  manifest: JsonObject;
  manifestUrl?: string;
  enabled: boolean;
  configuration: JsonObject;
  /** By permission id; the roles that have it, sorted. A permission that nobody has is absent. */
  permissions: { [permission: string]: Role[] };
  /** By required id. */
  mappings: { [required: string]: Mapping };
};
