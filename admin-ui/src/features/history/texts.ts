import type { ChangeCause, ConfigurationType, TaskOperation } from '../../apollo/generated/graphql';
import { typeNames } from '../../texts';

export const historyTexts = {
  about:
    'Every change of the configuration: who made it, when and from where, and what was before and after.',
  empty: 'Every change of the configuration is listed here, with what was before and after.',
  missing: 'There is no such entry in the history of this unit.',
  nothingRecorded: 'No single fields are recorded of it.',
  onlyObject: (name: string | undefined) => (name ? `Only “${name}”` : 'Only one object'),
  system: 'System',
  entry: 'Entry',
  entries: 'Entries',
  none: 'Nothing changed yet',
};

export const operationNames: Record<TaskOperation, string> = {
  CREATE: 'Created',
  UPDATE: 'Changed',
  DELETE: 'Deleted',
};

/** From where a change came, as one chooses it. */
export const causeNames: Record<Exclude<ChangeCause, 'CREATED'>, string> = {
  EDIT: 'Edit',
  SAFE_MODE: 'Safe mode',
  IMPORT: 'Import',
  UNDO: 'Undo',
};

/** From where a change came, behind what it did; an ordinary edit needs no word. */
const causeWords: Record<ChangeCause, string> = {
  CREATED: ' with the unit',
  EDIT: '',
  SAFE_MODE: ' from a safe mode',
  IMPORT: ' by an import',
  UNDO: ' by an undo',
};

interface Told {
  operation: TaskOperation;
  target: { type: ConfigurationType; name: string };
  cause: ChangeCause;
}

/** The words around the name of what changed: `Changed profile ` and ` by an import`. */
export function wordsAround({ operation, target, cause }: Told): { before: string; behind: string } {
  return {
    before: `${operationNames[operation]} ${typeNames[target.type].toLowerCase()}`,
    behind: causeWords[cause],
  };
}

export const historyLinks = {
  open: 'Open',
  ofObject: 'Its history',
  /** Behind it, where many links have the same words. */
  of: (name: string) => ` of ${name}`,
  toEntry: 'Link to this entry',
};

export const filterTexts = {
  everyKind: 'Everything',
  operation: 'What happened',
  everyOperation: 'Anything',
  by: 'By',
  everybody: 'Anybody',
  cause: 'From where',
  everyCause: 'Anywhere',
  from: 'From',
  to: 'To',
  filters: 'Filters',
  clear: 'Clear filters',
};
