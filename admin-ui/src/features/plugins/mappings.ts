import { isObject } from '../../ui/json-text';
import { manifestOf, type Requirement } from './manifest';
import { mappingTexts } from './texts';

/** Which plugin's exposed action or portal serves a requirement. */
export interface Served {
  bundle: string;
  name: string;
}

/** Required id → who serves it. */
export type Mappings = Record<string, Served>;

/** A plugin that could serve. */
export interface Server {
  bundle: string;
  name: string;
  enabled: boolean;
  manifest: unknown;
}

/** Reads the stored mappings; entries of another shape are left out. */
export function mappingsOf(stored: unknown): Mappings {
  const entries = Object.entries(isObject(stored) ? stored : {}).flatMap(([id, value]): [string, Served][] =>
    isObject(value) && typeof value['bundle'] === 'string' && typeof value['name'] === 'string'
      ? [[id, { bundle: value['bundle'], name: value['name'] }]]
      : [],
  );
  return Object.fromEntries(entries);
}

/** Everything installed that could serve a requirement: what plugins expose of the same type. */
export function candidatesFor(
  requirement: Requirement,
  servers: readonly Server[],
): { label: string; served: Served }[] {
  return servers.flatMap((server) =>
    manifestOf(server.manifest)
      .exposes.filter(({ type }) => type === requirement.type)
      .map(({ id }) => ({
        label: mappingTexts.server(server.name, id, server.enabled),
        served: { bundle: server.bundle, name: id },
      })),
  );
}
