import semver from 'semver';
import { z } from 'zod';
import { type Json, pointerTo } from '../../change/core/json';
import { type Fault } from '../../change/core/task';

const id = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text === text.trim(), { error: 'must not begin or end with a space' });
const ids = z.array(id).refine((all) => new Set(all).size === all.length, { error: 'names something twice' });
const ports = z.looseObject({ actions: ids.optional(), portals: ids.optional() });

const address = z
  .string()
  .max(2000)
  .refine((text) => text === '' || isWebAddress(text), {
    error: 'must be an address that begins with http:// or https://',
  });

const person = z.looseObject({
  name: z.string().optional(),
  organization: z.string().optional(),
  email: z.string().optional(),
  website: z.string().optional(),
});

const permissions = z
  .array(z.looseObject({ id, title: z.string().optional() }))
  .refine((all) => new Set(all.map((permission) => permission.id)).size === all.length, {
    error: 'names a permission twice',
  });

const manifest = z.looseObject({
  bundle: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$/, {
      error: 'must be a reverse-domain id, as org.example.plugin',
    }),
  name: z.string().trim().min(1).max(200),
  version: z
    .string()
    .refine((text) => semver.valid(text) !== null, { error: 'must be a semantic version, as 1.4.0' }),
  description: z.string().optional(),
  graphic_url: address.optional(),
  thumbnail_url: address.optional(),
  markdown_url: address.optional(),
  wiki_url: address.optional(),
  page_url: address.optional(),
  allowRunInModal: z.boolean().optional(),
  buildVersion: z.number().optional(),
  kind: z.enum(['application', 'widget', 'agent', 'health']).optional(),
  permissions: permissions.optional(),
  requires: ports.optional(),
  exposes: ports.optional(),
  secretKeys: ids.optional(),
});

// Not a union: a union's fault would name neither which form was meant nor the place inside it.
const byOne = manifest.extend({ author: person });
const byMany = manifest.extend({ author: z.array(person).min(1) });

/** A valid manifest; fields that are not known are kept in the stored JSON. */
export type Manifest = z.infer<typeof byOne> | z.infer<typeof byMany>;
export type PluginKind = NonNullable<Manifest['kind']>;

/** Everything that is wrong with a manifest; paths are JSON Pointers into it. */
export function manifestFaults(value: Json | undefined): Fault[] {
  const schema = hasManyAuthors(value) ? byMany : byOne;
  const result = schema.safeParse(value, { error: inWords });
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({ path: pointerTo(...path.map(String)), message }));
}

/** The same JSON, typed. Only for manifests without faults; nothing is checked or filled in. */
export function asManifest(value: Json): Manifest {
  return value as unknown as Manifest;
}

/** The name in a manifest without faults. */
export function manifestName(value: Json): string {
  return asManifest(value).name;
}

function hasManyAuthors(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && 'author' in value && Array.isArray(value.author);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}`;
  }
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return 'must not be empty';
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} characters`;
  return undefined;
}

function article(type: string): string {
  if (type === 'array') return 'a list';
  if (type === 'boolean') return 'true or false';
  if (type === 'string') return 'text';
  return type === 'object' ? 'a JSON object' : `a ${type}`;
}
