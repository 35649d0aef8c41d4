import { numberText } from '../../../ui/number';
import { changesText, conflictsText } from '../count-texts';
import type { SafeModeInHand } from './safe-mode-in-hand';

export const dialogTexts = {
  deleteTitle: ({ name }: SafeModeInHand) => `Delete safe mode “${name}”?`,
  deleteText: ({ taskCount }: SafeModeInHand) =>
    taskCount === 0
      ? 'It holds no changes. What is live stays as it is.'
      : `Its ${changesText(taskCount)} will be lost. What is live stays as it is.`,
  deleted: ({ name }: SafeModeInHand) => `“${name}” is deleted. You now see what is live.`,
  applyTitle: ({ name }: SafeModeInHand) => `Apply “${name}” for all users?`,
  applyText: ({ taskCount, conflictCount }: SafeModeInHand) => {
    if (taskCount === 0) return 'It holds no changes: nothing will change, and the safe mode is done with.';
    const effect = `Its ${changesText(taskCount)} ${taskCount === 1 ? 'takes' : 'take'} effect for everybody at once, and the safe mode is done with.`;
    return conflictCount === 0
      ? effect
      : `${effect} That works only when what is live leaves no conflict: now there ${conflictCount === 1 ? 'is' : 'are'} ${conflictsText(conflictCount)}.`;
  },
  applied: ({ name }: SafeModeInHand, changes: number) =>
    `“${name}” is applied for all users: ${changesText(changes)}. You now see what is live.`,
  conflictedTitle: 'Nothing was applied',
  conflictedText: (count: number) =>
    `The safe mode has ${conflictsText(count)} with what is live now. Resolve ${count === 1 ? 'it' : 'them'}, then apply it again.`,
  andMore: (count: number) => `And ${numberText(count)} more.`,
  stale: 'The safe mode changed since you looked at it. Its newest state is shown here now.',
  showConflicts: 'Show the conflicts',
  renameTitle: 'Rename safe mode',
  renameText: 'Everybody in the unit sees the name while you work in it.',
};
