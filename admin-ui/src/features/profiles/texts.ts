import type { Role } from '../../apollo/generated/graphql';
import { listText, roleNames, roles } from '../../texts';

export const profileTexts = {
  about: 'A profile decides who sees which workspaces, and in which order.',
  empty: 'Without profiles everybody sees all shared workspaces.',
  missing: 'It may have been deleted.',
  removal: 'Its workspaces stay.',
  workspaces: 'Check what belongs to the profile. Drag the checked ones into order, or use the arrows.',
  noWorkspaces: 'There are no workspaces yet.',
  private: 'Private ones show only to their owners and to admins.',
  unknown: 'Unknown workspace',
  chosen: (chosen: string, all: string) => `${chosen} of ${all} chosen`,
  noneFound: (search: string) => `No other workspace matches “${search}”.`,
  moved: (name: string, place: string, of: string) => `${name} is now number ${place} of ${of}.`,
  saved: (name: string) => `Profile “${name}” saved`,
  adminsOnly: 'Admins only',
  none: 'No profiles yet',
};

/** Around the list in which the workspaces of a profile are chosen and put in order. */
export const workspaceListTexts = {
  search: 'Search workspaces',
  private: 'Private',
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
};

/** The roles of a profile, the mightiest first: `Power user, User`. */
export function rolesText(chosen: readonly Role[]): string {
  const names = roles.filter((role) => chosen.includes(role)).map((role) => roleNames[role]);
  return names.join(', ') || profileTexts.adminsOnly;
}

/** Who finds a profile in their profile picker. Admins find every one. */
export function seenBy(chosen: readonly Role[]): string {
  const others = roles
    .filter((role) => role !== 'ADMIN' && chosen.includes(role))
    .map((role) => roleNames[role]);
  if (others.length === 0) return 'Only admins can choose this profile.';
  return `Can be chosen by: ${listText([roleNames.ADMIN, ...others])}. Admins can choose every profile.`;
}
