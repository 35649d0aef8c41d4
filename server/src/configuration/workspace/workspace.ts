import { type Json, type JsonObject } from '../../change/core/json';
import { type Id } from '../../change/core/task';

/** An instance of a plugin in a workspace; they are ordered by (area, position, id). */
export type Application = { pluginId: Id; area: string; position: number; configuration: JsonObject };

export type Workspace = {
  name: string;
  icon?: Json;
  layout: string;
  shared: boolean;
  /** E-mail of who made it, normalised. */
  owner?: string;
  /** By application id. */
  applications: { [application: Id]: Application };
};
