import { pageTexts } from './page-texts';
import type { SafeModeRow } from './types';

interface Situation {
  safeMode: SafeModeRow;
  /** This tab shows the safe mode. */
  isIn: boolean;
  /** The safe mode that the tab shows. */
  other: { id: string; name: string } | undefined;
  /** Why the viewer changes nothing while they preview. */
  readOnly: string | undefined;
}

/**
 * Why an open safe mode cannot be applied for all users now, and what the page says under its buttons; of conflicts
 * nothing, since a notice of their own tells that.
 */
export function reasonsAgainst({ safeMode, isIn, other, readOnly }: Situation): {
  blocked: string | undefined;
  text: string | undefined;
} {
  if (isIn) {
    const blocked = blockedBy(safeMode);
    return { blocked, text: readOnly ?? (safeMode.taskCount === 0 ? blocked : undefined) };
  }
  const invitation = safeMode.relation === 'OWNER' ? pageTexts.notInOwner : pageTexts.notIn;
  return {
    blocked: undefined,
    text: other ? `${invitation} ${pageTexts.leavesOther(other.name)}` : invitation,
  };
}

function blockedBy({ conflictCount, taskCount }: SafeModeRow): string | undefined {
  if (taskCount === 0) return pageTexts.nothingToApply;
  return conflictCount > 0 ? pageTexts.blocked(conflictCount) : undefined;
}
