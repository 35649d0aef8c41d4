import type { Fault } from '../../../apollo';
import { numberText } from '../../../ui/number';
import { changesText, conflictsText } from '../count-texts';

export const pageTexts = {
  about:
    'Changes made in a safe mode are recorded, not executed: only you see the dashboard as it would be. Once they look right, they are applied for all users in one go, or thrown away.',
  nonApplied: 'A safe mode that was applied is listed here, and can be undone.',
  generatedName: 'Generated if left empty',
  unreadable: 'Its file is damaged or gone, so its changes are lost. All that is left is to delete it.',
  notDeletable: (owner: string) =>
    `Only ${owner} can delete it, or any admin once ${owner} is no admin of this unit any more.`,
  otherUnit: 'This safe mode belongs to another unit. Switch to that unit to see it.',
  missing: 'There is no safe mode at this address, or it belongs to a unit that is not yours.',
  leavesOther: (name: string) =>
    `You are in “${name}” now. Applying this one locally leaves it; its changes stay.`,
  notIn: 'Apply the changes locally to see the dashboard with them. Nobody else sees that.',
  notInOwner:
    'Apply the changes locally to see the dashboard with them, and then to remove, resolve or apply them for all users. Nobody else sees that.',
  nothingToApply:
    'There is nothing to apply for all users yet: what you change from now on is recorded here.',
  blocked: (conflicts: number) => `${conflictsText(conflicts)} must be resolved or removed first.`,
  conflicts: (conflicts: number, inConflict: number, all: number) =>
    `${conflictsText(conflicts)} with what is live now, in ${numberText(inConflict)} of ${changesText(all)}.`,
  conflictsOfOwner:
    'Resolve them, or remove those changes. Until then you do not see those changes in the dashboard, and nothing can be applied for all users.',
  conflictsOfOthers: 'Those changes do not show in the dashboard, and nothing can be applied for all users.',
  replaced:
    'A backup was imported after these changes were recorded, so they may mean other objects by now. Matching them again finds each object in the imported content by its id, or by its name or key, and takes the present values as the starting point.',
  onlyRemoval: 'The way out is to remove this change.',
  derivedWayOut: 'It goes away with them, or by removing this change.',
  foldedUpdates:
    'Taking this deletion out does not bring back changes to the same object that were recorded before it.',
  removed: (summary: string, also: number) =>
    also === 0 ? `Removed: ${summary}.` : `Removed: ${summary}, and ${changesText(also)} that needed it.`,
  detached: (summary: string) => `Removed: ${summary}. What needed it stays, without the reference to it.`,
  closed: (isApplied: boolean, by: string, at: string) =>
    `${isApplied ? 'Applied for all users' : 'Deleted'} by ${by} on ${at}.`,
  nothingChanged: 'Everything was as it wanted it already: nothing had to be changed.',
  changesGone: 'Its changes went with it.',
  empty: 'No changes yet',
  emptyInIt: 'Whatever you change in the console now is recorded here, and takes effect for nobody else.',
  emptyElsewhere: 'Nothing has been recorded in it.',
  anAdmin: 'an admin',
  howItEnded: 'How it ended',
  undoAbout: 'Undo makes a safe mode with the opposite changes, for you to look at and apply.',
  startAbout:
    'From then on what you change in this unit is recorded, and only you see it. Everybody sees that you work in safe mode.',
};

/** Above the changes. */
export const noticeTexts = {
  unreadableTitle: 'It cannot be read',
  unreadable: 'Unreadable',
  notShown: 'Its changes cannot be shown',
  fault: 'Fault',
  imported: 'A backup was imported',
  matchAgain: 'Match again',
  conflicts: 'Conflicts',
};

/** When others need a change that is taken out. */
export const removalTexts = {
  question: (summary: string) => `Remove “${summary}”?`,
  dependents: 'Changes that need it',
  tied: (count: number) =>
    `${count === 1 ? 'This change needs' : 'These changes need'} it in a way that cannot be dropped, such as a name that it sets free.`,
  needed: (count: number) =>
    `${count === 1 ? 'Another change of this safe mode needs' : `${changesText(count)} of this safe mode need`} it.`,
  removeToo: (count: number) => (count === 1 ? 'Remove it too' : 'Remove them too'),
  dropReference: 'Drop just the reference',
};

export const pageActions = {
  applyLocally: 'Apply changes locally',
  discard: 'Discard',
  all: 'All safe modes',
  start: 'Start safe mode',
};

export const factTexts = {
  owner: 'Owner',
  started: 'Started',
  updated: 'Updated',
  changes: 'Changes',
  revision: 'Revision',
};

/** How a safe mode ended. */
export const closedNames = {
  applied: 'Applied',
  deleted: 'Deleted',
};

/** What to do next, where the server's words do not say so. A text that begins with `=` stands in for them. */
const nextSteps: Record<string, string> = {
  NOT_OWNER: '=Only its owner can do this. Ask them, or start a safe mode of your own.',
  SAFE_MODE_CLOSED: '=This safe mode was applied or deleted in the meantime. The page shows how it ended.',
  SAFE_MODE_READ_ONLY: '=This is a preview of somebody else’s safe mode. Discard it to change something.',
  SAFE_MODE_CONTEXT_LOST: '=This tab did not say which safe mode it is in. Reload the page.',
  STALE_REVISION:
    '=This changed in the meantime, so nothing was done. The page now shows its present state: look at it again.',
  NOT_FOUND: '=This is not in the safe mode any more. The page shows its present state.',
  FORBIDDEN:
    '=You are not allowed to do this. You may not be an admin of this unit any more: reload the page.',
  RATE_LIMITED: 'Wait a moment, then try again.',
};

/** A refusal with what to do next. */
export function withNextStep(fault: Fault | undefined): Fault | undefined {
  const step = fault && nextSteps[fault.code];
  if (!fault || !step) return fault;
  return { ...fault, message: step.startsWith('=') ? step.slice(1) : `${fault.message} ${step}` };
}
