import { isObject } from '../../ui/json-text';
import { manifestTexts } from './manifest-texts';

/** What the console shows of a plugin's manifest. Every part may be missing: the manifest is the plugin's own. */
export interface Manifest {
  name?: string;
  version?: string;
  kind: string;
  description?: string;
  picture?: string;
  links: { label: string; url: string }[];
  authors: string[];
  pageUrl?: string;
  permissions: { id: string; title: string }[];
  requires: Requirement[];
  exposes: Requirement[];
  secretKeys: string[];
}

/** An action or portal that a plugin needs from another one, or offers to others. */
export interface Requirement {
  type: 'action' | 'portal';
  id: string;
}

/** Reads a stored manifest; anything unexpected in it is left out. */
export function manifestOf(stored: unknown): Manifest {
  const manifest = isObject(stored) ? stored : {};
  return {
    name: textOf(manifest['name']),
    version: textOf(manifest['version']),
    kind: textOf(manifest['kind']) ?? 'application',
    description: textOf(manifest['description']),
    picture: webUrl(manifest['thumbnail_url']) ?? webUrl(manifest['graphic_url']),
    links: linksOf(manifest),
    authors: listOf(manifest['author']).map(authorOf).filter(Boolean),
    pageUrl: webUrl(manifest['page_url']),
    permissions: listOf(manifest['permissions']).flatMap(permissionOf),
    requires: requirementsOf(manifest['requires']),
    exposes: requirementsOf(manifest['exposes']),
    secretKeys: listOf(manifest['secretKeys']).flatMap((key) => textOf(key) ?? []),
  };
}

/** Only addresses on the web: a manifest must not smuggle in a script as a link. */
export function webUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

function linksOf(manifest: Record<string, unknown>): Manifest['links'] {
  const links = {
    [manifestTexts.wiki]: manifest['wiki_url'],
    [manifestTexts.readMe]: manifest['markdown_url'],
  };
  return Object.entries(links).flatMap(([label, value]) => {
    const url = webUrl(value);
    return url ? [{ label, url }] : [];
  });
}

function authorOf(author: unknown): string {
  if (!isObject(author)) return textOf(author) ?? '';
  const names = [textOf(author['name']), textOf(author['organization'])].filter(Boolean).join(', ');
  const email = textOf(author['email']);
  return email && names ? `${names} (${email})` : ((names || email) ?? '');
}

function permissionOf(permission: unknown): Manifest['permissions'] {
  if (!isObject(permission)) return [];
  const id = textOf(permission['id']);
  return id ? [{ id, title: textOf(permission['title']) ?? id }] : [];
}

function requirementsOf(value: unknown): Requirement[] {
  const groups = isObject(value) ? value : {};
  const ids = (list: unknown) => listOf(list).flatMap((id) => textOf(id) ?? []);
  return [
    ...ids(groups['actions']).map((id) => ({ type: 'action' as const, id })),
    ...ids(groups['portals']).map((id) => ({ type: 'portal' as const, id })),
  ];
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
