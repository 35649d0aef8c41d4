import { registerEnumType } from 'type-graphql';
import { type ChangeCause } from './unit.entity';

/** The causes as the API names them. */
export const ChangeCauseEnum: { readonly [C in ChangeCause]: C } = {
  CREATED: 'CREATED',
  EDIT: 'EDIT',
  SAFE_MODE: 'SAFE_MODE',
  IMPORT: 'IMPORT',
  UNDO: 'UNDO',
};
registerEnumType(ChangeCauseEnum, {
  name: 'ChangeCause',
  description: 'Why the revision of a unit moved.',
  valuesConfig: {
    CREATED: { description: 'The unit was made.' },
    EDIT: { description: 'Somebody edited it directly.' },
    SAFE_MODE: { description: 'A safe mode was applied for all.' },
    IMPORT: { description: 'A backup was imported.' },
    UNDO: { description: 'An import or an applied safe mode was undone.' },
  },
});
