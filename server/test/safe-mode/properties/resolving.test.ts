import fc from 'fast-check';
import { type DependentsMode } from '../../../src/change/core/outcome';
import { dependentsOf } from '../../../src/change/core/resolution/remove';
import { expectReached, tellReached } from '../../../src/change/core/testing/reached';
import { brokenRules } from '../../../src/change/core/testing/world';
import { holds, timeFor } from './holds';
import { Newsroom } from './newsroom';
import { situations } from './situations';
import { changingIntents, choicesOf, recordedIntents, withOthers } from './steps';
import { removeFrom, resolveAll } from './task-steps';
import { Twins } from './twins';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await Newsroom.open();
});
afterAll(async () => {
  await newsroom.close();
  tellReached('Resolving');
});

const meanwhile = fc.oneof(withOthers(changingIntents), withOthers(recordedIntents));

test(
  '5: removing the tasks in conflict, one by one, leaves a file that applies',
  async () => {
    await holds(15, [meanwhile], async ({ mine, theirs }) => {
      const twins = await Twins.begin(newsroom);
      const bob = await twins.safeMode('bob');
      for (const what of mine) await twins.intend('bob', what);
      for (const what of theirs) await twins.intend('ada', what);
      for (;;) {
        const [conflict] = await twins.unit.conflicts('bob', bob.id);
        if (!conflict) break;
        await removeFrom(twins, 'bob', conflict.taskId!, 'CASCADE');
        await twins.agree();
      }
      expect(await twins.apply('bob')).toBeDefined();
      expect(brokenRules(await twins.unit.live())).toEqual([]);
    });
    expectReached('removed CASCADE', 'applied');
  },
  timeFor(15),
);

test(
  '8: removing any task leaves a file that applies, or names those that depend on it and changes nothing',
  async () => {
    const removals = fc.array(
      fc.record({ pick: fc.nat(8), mode: fc.constantFrom<DependentsMode[]>('DETACH', 'CASCADE') }),
      { minLength: 1, maxLength: 3 },
    );
    await holds(25, [recordedIntents, removals], async (mine, wanted) => {
      const twins = await Twins.begin(newsroom);
      await twins.meet({ mine: situations['built on what is left out'].mine, theirs: [] });
      const bob = await twins.safeMode('bob');
      for (const what of mine) await twins.intend('bob', what);
      for (const { pick, mode } of wanted) {
        const { tasks } = bob.pure;
        const task = tasks[pick % Math.max(tasks.length, 1)];
        if (!task) break;
        const dependents = dependentsOf(twins.pure.live, tasks, task.id);
        const refused = await removeFrom(twins, 'bob', task.id, 'REFUSE');
        expect([...(refused ?? [])].sort()).toEqual([...dependents].sort());
        if (refused) await removeFrom(twins, 'bob', task.id, mode);
        await twins.agree();
        expect(await twins.unit.conflicts('bob', bob.id)).toEqual([]);
      }
      expect(await twins.apply('bob')).toBeDefined();
    });
    expectReached('removed REFUSE', 'dependents REFUSE', 'removed DETACH');
    expectReached('removed CASCADE with others');
  },
  timeFor(25),
);

test(
  '11: every conflict can be resolved in finitely many steps',
  async () => {
    await holds(30, [meanwhile, choicesOf], async ({ mine, theirs }, choices) => {
      const twins = await Twins.begin(newsroom);
      for (const what of mine) await twins.intend('bob', what);
      for (const what of theirs) await twins.intend('ada', what);
      await twins.agree();
      await resolveAll(twins, 'bob', choices);
      await twins.agree();
      expect(await twins.apply('bob')).toBeDefined();
      await twins.agree();
    });
    expectReached('MINE', 'THEIRS', 'VALUE', 'RECREATE', 'DETACH');
  },
  timeFor(30),
);
