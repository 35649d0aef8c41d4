import type { PlanChange } from '../../apollo/generated/graphql';
import { numberText } from '../../ui/number';

/** What an import does to an object. */
export const changeNames: Record<PlanChange, string> = {
  ADDED: 'Added',
  REMOVED: 'Removed',
  CHANGED: 'Changed',
};

export const planTexts = {
  changesTitle: 'What would change',
  nothing: 'Nothing: the present configuration is the same as the one in the file.',
  changes: 'Changes',
  same: 'Same',
  /** `Added 3 plugins`. */
  group: (change: PlanChange, counted: string) => `${changeNames[change]} ${counted}`,
  firstListed: (listed: number, total: number) =>
    `The first ${numberText(listed)} of ${numberText(total)} are listed.`,
  whole: 'All of it',
  secret: 'A secret. It differs; neither value is shown.',
  difference: (place: string, name: string) => `Difference in ${place} of ${name}`,
  showMore: 'Show more',
  safeModesAffected: (count: number) =>
    `${count === 1 ? 'This safe mode is' : 'These safe modes are'} affected. Their changes will have to be matched again before they can be applied.`,
  /** Follows the name of a safe mode. */
  safeModeFacts: (owner: string, changes: string) => `by ${owner}, ${changes}`,
  safeModes: 'Safe modes',
  /** Between the word on the button and the name of the unit. */
  replaces: 'replaces the whole configuration of',
  /** Follows the name of the unit. */
  forEverybody: (present: string) =>
    `for everybody: what it has now (${present}) goes. It happens all at once or not at all, and can be undone afterwards, for a while.`,
  unitName: 'Name of this unit',
  unitNameHelp: (unit: string) => `Type ${unit} to show that this is the right unit.`,
  warnings: 'Warnings',
  validatedOn: (time: string) => `You validated a backup on ${time}`,
  show: 'Show what it would change',
};
