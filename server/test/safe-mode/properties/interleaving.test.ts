import { expectReached, tellReached } from '../../../src/change/core/testing/reached';
import { carryOut, type Memory } from './carry-out';
import { holds, timeFor } from './holds';
import { Newsroom } from './newsroom';
import { situations } from './situations';
import { choicesOf, owners, story } from './steps';
import { resolveAll } from './task-steps';
import { Twins } from './twins';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await Newsroom.open();
});
afterAll(async () => {
  await newsroom.close();
  tellReached('Interleaving');
});

test(
  '2, 6 and 13: whatever two owners and a live editor do in turn, all of it is what the core says of everything',
  async () => {
    await holds(40, [story, choicesOf], async ({ situation, mine, theirs, later }, choices) => {
      const twins = await Twins.begin(newsroom);
      await twins.meet(situations[situation]);
      for (const what of mine) await twins.intend('bob', what);
      for (const what of theirs) await twins.intend('ada', what);
      await twins.agree();
      const conflicts = { bob: twins.conflicts('bob'), cleo: twins.conflicts('cleo') };
      const memory: Memory = { applied: [], conflicts };
      for (const step of later) {
        await carryOut(twins, step, memory);
        await twins.agree();
      }
      for (const owner of owners) {
        await resolveAll(twins, owner, choices);
        await twins.agree();
        expect(await twins.apply(owner)).toBeDefined();
        await twins.agree();
      }
    });
    expectReached(
      ...['NAME_TAKEN', 'TARGET_MISSING', 'FIELD_CHANGED', 'DELETE_OF_CHANGED', 'REFERENCE_MISSING'],
      ...['REFERENCE_GAINED', 'INVALID', 'UNIT_REPLACED', 'derived DEPENDENCY_REMOVED'],
      ...['refused recording IN_USE', 'refused edit IN_USE'],
      ...['MINE', 'THEIRS', 'VALUE', 'RECREATE', 'DETACH', 'REMATCH', 'lapsed'],
      ...['removed REFUSE', 'removed CASCADE', 'removed DETACH'],
      ...['applied', 'applied without a change', 'apply refused', 'undone'],
    );
  },
  timeFor(40),
);
