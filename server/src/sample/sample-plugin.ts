import { type Role } from '../access/role';
import { type JsonObject } from '../change/core/json';
import { type PluginKind } from '../configuration/plugin/manifest';

/** Ids of actions and portals. */
interface Ports {
  actions?: string[];
  portals?: string[];
}

/** One plugin of the sample, with references by bundle instead of id. */
export interface SamplePlugin {
  bundle: string;
  name: string;
  kind: PluginKind;
  version: string;
  buildVersion: number;
  description: string;
  authors: Team[];
  /** Defaults to true, as in a manifest. */
  allowRunInModal?: boolean;
  /** Title of each permission, by its id. */
  titles?: Record<string, string>;
  requires?: Ports;
  exposes?: Ports;
  secretKeys?: string[];
  enabled?: boolean;
  configuration: JsonObject;
  /** Roles that have each permission, by its id. */
  permissions?: Record<string, Role[]>;
  /** What serves each requirement, by its id. */
  mappings?: Record<string, { bundle: string; name: string }>;
}

type Team = keyof typeof teams;

const teams = {
  editorial: { name: 'Editorial Systems', email: 'editorial-systems@harbour-courier.example' },
  production: { name: 'Production Desk', email: 'production@harbour-courier.example' },
  audience: { name: 'Audience Team', email: 'audience@harbour-courier.example' },
};

const house = { organization: 'The Harbour Courier', website: 'https://harbour-courier.example' };

/** The manifest as such a plugin would publish it. */
export function manifestOf(plugin: SamplePlugin): JsonObject {
  const { bundle, name, version, buildVersion, description, kind, titles, requires, exposes, secretKeys } =
    plugin;
  const authors = plugin.authors.map((team) => ({ ...teams[team], ...house }));
  const [only] = authors;
  return {
    bundle,
    name,
    author: authors.length === 1 && only ? only : authors,
    version,
    buildVersion,
    description,
    kind,
    wiki_url: `https://wiki.harbour-courier.example/plugins/${bundle}`,
    allowRunInModal: plugin.allowRunInModal ?? true,
    permissions: Object.entries(titles ?? {}).map(([id, title]) => ({ id, title })),
    requires: { actions: requires?.actions ?? [], portals: requires?.portals ?? [] },
    exposes: { actions: exposes?.actions ?? [], portals: exposes?.portals ?? [] },
    secretKeys: secretKeys ?? [],
  };
}
