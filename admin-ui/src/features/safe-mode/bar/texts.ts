import { numberOf } from '../../../texts';

const newConflicts = numberOf('new conflict', 'new conflicts');
const peopleWork = numberOf('person works', 'people work');
const othersWork = numberOf('other person works', 'other people work');

export const barTexts = {
  you: 'You',
  works: (who: string) => (who === 'You' ? 'You work in safe mode' : `${who} works in safe mode`),
  previews: (who: string) => (who === 'You' ? 'You preview the safe mode' : `${who} previews the safe mode`),
  several: (count: number, names: string) => `${peopleWork(count)} in safe mode: ${names}`,
  others: (count: number, names: string) => `${othersWork(count)} in safe mode: ${names}`,
  onlyYou: 'visible only to you',
  previewOf: (owner: string) => `by ${owner}: nothing can be changed in it`,
  liveChanged: (count: number) => `Live changed: ${newConflicts(count)}`,
  leaveHint: 'Back to what is live. The safe mode stays, under Admin settings → Safe mode.',
  preview: 'Preview of',
  discard: 'Discard',
  leave: 'Leave',
  show: 'Show',
  dismiss: 'Dismiss',
};
