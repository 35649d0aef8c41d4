import { type Json, type JsonObject } from '../../../change/core/json';

/** The sections of a backup, in the order of the file: no row refers to a later section. */
export const sections = ['plugins', 'workspaces', 'applications', 'profiles', 'configKeys'] as const;
export type Section = (typeof sections)[number];

export type SectionCounts = Record<Section, number>;

export interface PluginRow {
  id: string;
  bundle: string;
  manifest: JsonObject;
  manifestUrl?: string;
  enabled: boolean;
  configuration: JsonObject;
  /** Roles by permission id. */
  permissions: Record<string, string[]>;
  /** What serves each required action or portal. */
  mappings: Record<string, { pluginId: string; name: string }>;
}

export interface WorkspaceRow {
  id: string;
  name: string;
  icon?: JsonObject;
  layout: string;
  shared: boolean;
  /** The owner's e-mail. */
  owner?: string;
}

export interface ApplicationRow {
  id: string;
  workspaceId: string;
  pluginId: string;
  area: string;
  position: number;
  configuration: JsonObject;
}

export interface ProfileRow {
  id: string;
  name: string;
  roles: string[];
  /** Workspace ids in order. */
  workspaces: string[];
}

export interface ConfigKeyRow {
  key: string;
  value: Json;
  description?: string;
  secret: boolean;
}

export interface Rows {
  plugins: PluginRow;
  workspaces: WorkspaceRow;
  applications: ApplicationRow;
  profiles: ProfileRow;
  configKeys: ConfigKeyRow;
}

export type AnyRow = Rows[Section];

/** A row that says which section it is of. */
export type SectionRow = { [S in Section]: { section: S; row: Rows[S] } }[Section];

export function noCounts(): SectionCounts {
  return { plugins: 0, workspaces: 0, applications: 0, profiles: 0, configKeys: 0 };
}

export function isSection(name: unknown): name is Section {
  return (sections as readonly unknown[]).includes(name);
}
