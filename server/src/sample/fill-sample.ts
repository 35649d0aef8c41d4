import { v7 as uuid } from 'uuid';
import { type FillSample } from '../access/set-up.service';
import { type ChangeService } from '../change/change.service';
import { sampleOperations } from './sample-operations';

/** Fills an empty unit with the sample, in one edit. */
export const sampleFiller =
  (changes: ChangeService): FillSample =>
  async (unitId, actor) => {
    await changes.edit({
      unitId,
      editor: { ...actor, safeModeHeader: 'none' },
      mutation: 'sample',
      target: unitId,
      operations: () => Promise.resolve(sampleOperations(actor, uuid)),
    });
  };
