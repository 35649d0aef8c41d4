import type { BackupCountsOfAllFragment } from '../../apollo/generated/graphql';
import { listText } from '../../texts';
import { byteUnitNames, countTexts, noObjects } from './texts';

export type Counts = Omit<BackupCountsOfAllFragment, '__typename'>;

/** The kinds that a backup holds, in the order in which the page names them. */
export const kinds = [
  { count: 'plugins', type: 'PLUGIN' },
  { count: 'profiles', type: 'PROFILE' },
  { count: 'workspaces', type: 'WORKSPACE' },
  // Listed with their workspaces, so they have no entries of their own.
  { count: 'applications', type: null },
  { count: 'configKeys', type: 'CONFIG_KEY' },
] as const;

/** A size of a file, rounded for people: `12.3 KB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnitNames.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: digits })} ${byteUnitNames[unit]}`;
}

/** `12 plugins, 1 profile and 40 config keys`; kinds of which there are none are left out. */
export function countsText(counts: Counts): string {
  const parts = kinds.filter(({ count }) => counts[count] > 0);
  if (parts.length === 0) return noObjects;
  return listText(parts.map(({ count }) => countTexts[count](counts[count])));
}

/** How many objects of each kind there are in several lots together. */
export function sumOf(...lots: Counts[]): Counts {
  const sum: Counts = { plugins: 0, profiles: 0, workspaces: 0, applications: 0, configKeys: 0 };
  for (const lot of lots) for (const { count } of kinds) sum[count] += lot[count];
  return sum;
}
