import type { SafeModeRelation } from '../../../apollo/generated/graphql';
import { numberText } from '../../../ui/number';

/** Of lists of safe modes. */
export const listTexts = {
  appliedBy: 'Applied by',
  applied: 'Applied',
  changes: 'Changes',
  loadingApplied: 'Loading applied safe modes',
  appliedSafeModes: 'Applied safe modes',
  pages: 'Pages of applied safe modes',
  newer: 'Newer',
  older: 'Older',
  startedBy: 'Started by',
  updated: 'Updated',
  you: (name: string) => `${name} (you)`,
  forYou: 'For you',
  openSafeModes: 'Safe modes that are not applied',
  appliedLocally: 'Applied locally',
  unreadable: 'Cannot be read',
  notApplied: 'Not applied',
  loading: 'Loading safe modes',
  none: 'Nobody has a safe mode open',
};

/** What a safe mode is to the viewer. */
export const relationNames: Record<SafeModeRelation, string> = { OWNER: 'Owner', PREVIEW: 'Preview' };

/** Of the changes of one. */
export const tableTexts = {
  operation: 'Operation',
  type: 'Type',
  object: 'Object',
  fields: 'Fields',
  recorded: 'Recorded',
  changes: 'Changes',
  onlyConflicts: 'Only those in conflict',
  nothingChanged: 'Nothing was changed',
  pages: 'Pages of changes',
  range: (first: number, last: number, all: number) =>
    `${numberText(first)}–${numberText(last)} of ${numberText(all)}`,
  anotherChange: 'another change',
  inConflict: 'In conflict',
};
