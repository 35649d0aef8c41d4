import { listText } from '../../../texts';
import { numberText } from '../../../ui/number';
import type { LeftOut, Mark } from './marks';

export const markTexts: Record<Mark, string> = {
  NEW: 'new',
  CHANGED: 'changed',
  IN_CONFLICT: 'in conflict',
};

export const markHint = 'In this safe mode';

/** More of them are for the page of the safe mode. */
const mostNamed = 20;

export const leftOutTexts = {
  removed: (removed: readonly LeftOut[]) => `Removed in this safe mode: ${namesIn(removed)}`,
  notAdded: (notAdded: readonly LeftOut[]) => `In conflict, so not in this list: ${namesIn(notAdded)}`,
};

function namesIn(objects: readonly LeftOut[]): string {
  const names = objects.slice(0, mostNamed).map(({ name }) => name);
  const others = objects.length - names.length;
  return listText(others > 0 ? [...names, `${numberText(others)} more`] : names);
}
