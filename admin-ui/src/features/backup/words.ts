import type { BackupCountsOfAllFragment } from '../../apollo/generated/graphql';
import { numberText } from '../../ui/number';

export type Counts = Omit<BackupCountsOfAllFragment, '__typename'>;

/** The kinds that a backup holds, in the order in which the page names them. */
export const kinds = [
  { count: 'plugins', type: 'PLUGIN', label: 'Plugins', one: 'plugin', many: 'plugins' },
  { count: 'profiles', type: 'PROFILE', label: 'Profiles', one: 'profile', many: 'profiles' },
  { count: 'workspaces', type: 'WORKSPACE', label: 'Workspaces', one: 'workspace', many: 'workspaces' },
  // Listed with their workspaces, so they have no entries of their own.
  { count: 'applications', type: null, label: 'Applications', one: 'application', many: 'applications' },
  { count: 'configKeys', type: 'CONFIG_KEY', label: 'Config keys', one: 'config key', many: 'config keys' },
] as const;

const byteUnits = ['bytes', 'KB', 'MB', 'GB'];

/** A size of a file, rounded for people: `12.3 KB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: digits })} ${byteUnits[unit]}`;
}

/** `12 plugins, 1 profile and 40 config keys`; kinds of which there are none are left out. */
export function countsText(counts: Counts): string {
  const parts = kinds
    .filter(({ count }) => counts[count] > 0)
    .map(({ count, one, many }) => `${numberText(counts[count])} ${counts[count] === 1 ? one : many}`);
  const last = parts.pop();
  if (last === undefined) return 'nothing';
  return parts.length ? `${parts.join(', ')} and ${last}` : last;
}

/** How many objects of each kind there are in several lots together. */
export function sumOf(...lots: Counts[]): Counts {
  const sum: Counts = { plugins: 0, profiles: 0, workspaces: 0, applications: 0, configKeys: 0 };
  for (const lot of lots) for (const { count } of kinds) sum[count] += lot[count];
  return sum;
}
