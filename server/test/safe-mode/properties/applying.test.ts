import fc from 'fast-check';
import { objectIn, type Slice } from '../../../src/change/core/slice';
import { type Change } from '../../../src/change/core/task';
import { intent, intents } from '../../../src/change/core/testing/intents';
import { count, expectReached, tellReached } from '../../../src/change/core/testing/reached';
import { brokenRules, plain } from '../../../src/change/core/testing/world';
import { holds, timeFor } from './holds';
import { Newsroom } from './newsroom';
import { changingIntents, recordedIntents, withOthers } from './steps';
import { Twins } from './twins';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await Newsroom.open();
});
afterAll(async () => {
  await newsroom.close();
  tellReached('Applying');
});

const few = intents(5);
const many = intents(9);

/** A unit in whose first safe mode these are recorded, as far as they can be. */
async function recorded(mine: Parameters<Twins['intend']>[1][]): Promise<Twins> {
  const twins = await Twins.begin(newsroom);
  for (const what of mine) await twins.intend('bob', what);
  return twins;
}

test(
  '3: apply, undo and redo restore exactly',
  async () => {
    await holds(20, [many], async (mine) => {
      const twins = await recorded(mine);
      const before = plain(await twins.unit.live());
      const applied = await twins.apply('bob');
      const after = plain(await twins.unit.live());
      if (!applied || applied.changes.length === 0) return expect(after).toEqual(before);
      await twins.undo('cleo', applied);
      await twins.agree();
      const undone = await twins.apply('cleo');
      expect(plain(await twins.unit.live())).toEqual(before);
      await twins.undo('bob', undone!);
      expect(await twins.apply('bob')).toBeDefined();
      expect(plain(await twins.unit.live())).toEqual(after);
      await twins.agree();
    });
    expectReached('applied', 'undone');
  },
  timeFor(20),
);

test(
  '4: with live moved, either mine lands beside what others did, or nothing changes anywhere',
  async () => {
    await holds(
      60,
      [fc.oneof(withOthers(changingIntents), withOthers(recordedIntents))],
      async ({ mine, theirs }) => {
        const twins = await recorded(mine);
        for (const what of theirs) await twins.intend('ada', what);
        const { id } = await twins.safeMode('bob');
        const shown = await twins.unit.shown('bob', id);
        const conflicts = await twins.unit.conflicts('bob', id);
        const applied = await twins.apply('bob');
        expect(applied === undefined).toBe(conflicts.length > 0);
        count(applied ? 'landed' : 'stopped');
        const live = await twins.unit.live();
        if (applied) expect(plain(live)).toEqual(plain(shown));
        expect(brokenRules(live)).toEqual([]);
        await twins.agree();
      },
    );
    expectReached('landed', 'stopped');
    expectReached(
      ...['scalar', 'set', 'list', 'map', 'setMap', 'leafMap', 'applications'].map(
        (type) => `merged ${type}`,
      ),
    );
  },
  timeFor(40),
);

test(
  '12: undoing over others’ edits conflicts instead of overwriting, and undoing twice overwrites nothing',
  async () => {
    await holds(20, [many, few, fc.array(intent, { maxLength: 3 })], async (mine, theirs, later) => {
      const twins = await recorded(mine);
      const applied = await twins.apply('bob');
      if (!applied || applied.changes.length === 0) return;
      const after = await twins.unit.live();
      for (const what of theirs) await twins.intend('ada', what);
      const live = await twins.unit.live();

      await twins.undo('bob', applied);
      await twins.undo('cleo', applied);
      const undone = await twins.apply('bob');
      count(undone ? 'undone over edits' : 'undo in conflict');
      const left = await twins.unit.live();
      if (undone) expectTheirsKept(applied.changes, after, live, left);
      else expect(plain(left)).toEqual(plain(live));

      for (const what of later) await twins.intend('ada', what);
      const beforeTwice = plain(await twins.unit.live());
      const twice = await twins.apply('cleo');
      if (undone && later.length === 0) expect(plain(await twins.unit.live())).toEqual(beforeTwice);
      if (!twice) expect(plain(await twins.unit.live())).toEqual(beforeTwice);
      await twins.agree();
    });
    expectReached('undone over edits', 'undo in conflict');
  },
  timeFor(20),
);

const scalars = ['name', 'enabled', 'description', 'secret', 'layout'];

/** What others have set since is as they set it. */
function expectTheirsKept(changes: readonly Change[], after: Slice, live: Slice, left: Slice): void {
  for (const object of changes) {
    const [mine, theirs, now] = [after, live, left].map((configuration) => objectIn(configuration, object));
    for (const field of scalars) {
      if (!mine || !theirs || mine[field] === theirs[field]) continue;
      expect(now?.[field]).toEqual(theirs[field]);
      count('theirs kept');
    }
  }
}
