import { z } from 'zod';
import { type JsonObject } from '../../../change/core/json';
import { BackupError } from '../backup-error';
import { rowSchemas } from '../rows/row-schema';
import { isSection, type SectionCounts, sections } from '../rows/section';
import { type BackupHeader, formatVersion, magic } from './backup-header';

/** Must-understand features that this reader knows. */
const knownFeatures: readonly string[] = [];

const count = z.int().nonnegative();
const shape = z.object({
  formatVersion: z.int().positive(),
  minReader: z.int().positive(),
  backupId: z.string().min(1).max(64),
  createdAt: z.iso.datetime(),
  createdBy: z.object({ id: z.string().max(64), name: z.string().max(1_000) }),
  note: z.string().max(10_000).optional(),
  appVersion: z.string().min(1).max(100),
  unit: z.object({
    id: z.string().min(1).max(64),
    name: z.string().max(1_000),
    environment: z.string().max(100),
  }),
  unitRevision: count,
  features: z.array(z.string()),
  sections: z.array(z.object({ name: z.string(), version: z.int().positive(), rows: count })),
  counts: z.object({
    plugins: count,
    workspaces: count,
    applications: count,
    profiles: count,
    configKeys: count,
  } satisfies Record<keyof SectionCounts, typeof count>),
});

/** Whether a parsed first line is the header of a backup of any version. */
export function isHeader(line: JsonObject): boolean {
  return line['t'] === 'header' && line['magic'] === magic;
}

/**
 * Reads the header of a backup. Whether this version can read the file is judged before its shape is, since a newer
 * version may have changed that.
 *
 * @throws BackupError NEWER_VERSION or INVALID_CONTENT
 */
export function readHeader(line: JsonObject): BackupHeader {
  refuseNewer(line);
  const reading = shape.safeParse(line);
  if (!reading.success)
    throw invalidHeader(reading.error.issues.map(({ path, message }) => [path.join('.'), message]));

  const header = reading.data;
  const names = header.sections.map(({ name }) => name).join(', ');
  if (names !== sections.join(', '))
    throw invalidHeader([['sections', `must be ${sections.join(', ')}, in this order`]]);
  return header;
}

function refuseNewer(line: JsonObject): void {
  const unknown = newerThings(line);
  if (unknown.length === 0) return;
  const version =
    typeof line['appVersion'] === 'string' ? line['appVersion'].slice(0, 100) : 'of an unknown version';
  throw new BackupError('NEWER_VERSION', { version, needs: unknown.slice(0, 5).join(', ') });
}

function newerThings(line: JsonObject): string[] {
  const needsReader = line['minReader'];
  const features = listOf(line['features']).filter((feature) => !knownFeatures.includes(feature as string));
  const newerSections = listOf(line['sections'])
    .map((section) => newerSection(section))
    .filter((name) => name !== undefined);
  return [
    ...(typeof needsReader === 'number' && needsReader > formatVersion
      ? [`format version ${needsReader}`]
      : []),
    ...features
      .filter((feature) => typeof feature === 'string')
      .map((feature) => `the feature "${feature.slice(0, 100)}"`),
    ...newerSections,
  ];
}

function newerSection(section: unknown): string | undefined {
  if (typeof section !== 'object' || section === null) return undefined;
  const { name, version } = section as { name?: unknown; version?: unknown };
  if (typeof name !== 'string') return undefined;
  if (!isSection(name)) return `the section "${name.slice(0, 100)}"`;
  return typeof version === 'number' && version > rowSchemas[name].version
    ? `${name} of version ${version}`
    : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function invalidHeader(faults: [field: string, problem: string][]): BackupError {
  const problems = faults.map(([field, problem]) => ({ line: 1, field, problem }));
  return new BackupError('INVALID_CONTENT', {
    problems: problems.slice(0, 100),
    problemCount: problems.length,
  });
}
