import { descriptors } from '../../../src/configuration/descriptors';
import { askedUpdate } from '../../../src/change/core/recording/asked-value';
import { isJsonObject } from '../../../src/change/core/json';
import { objectDifference } from '../../../src/change/core/fields/patch';
import { type ConfigurationObject, type Task, type UpdateOperation } from '../../../src/change/core/task';
import { update } from '../../../src/change/core/testing/builders';
import { intent, intents, operationOf } from '../../../src/change/core/testing/intents';
import { netOfShown, replacesObject } from '../../../src/change/core/testing/net-of';
import { count, expectReached, tellReached } from '../../../src/change/core/testing/reached';
import { afterEdits, beginning, minter } from '../../../src/change/core/testing/run';
import { expectShown } from '../../../src/change/core/testing/shown';
import { plain } from '../../../src/change/core/testing/world';
import { type Slice } from '../../../src/change/core/slice';
import { holds, timeFor } from './holds';
import { Newsroom } from './newsroom';
import { Twins } from './twins';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await Newsroom.open();
});
afterAll(async () => {
  await newsroom.close();
  tellReached('Recording');
});

const few = intents(4);
const many = intents(9);

test(
  '1 and 2: live one by one is the same as recorded in a file and then applied, and refuses the same',
  async () => {
    await holds(12, [few, many], async (earlier, intended) => {
      const base = afterEdits(beginning, earlier, minter());
      const [direct, recorded] = [await Twins.begin(newsroom, base), await Twins.begin(newsroom, base)];
      for (const what of intended) {
        const live = await direct.intend('ada', what);
        expect(await recorded.intend('bob', what)).toEqual(live);
        count(live);
        const shown = await recorded.unit.shown('bob', (await recorded.safeMode('bob')).id);
        expect(alike(shown)).toBe(alike(await direct.unit.live()));
        await recorded.agree();
      }
      await direct.agree();
      expect(await recorded.apply('bob')).toBeDefined();
      await recorded.agree();
      expect(alike(await recorded.unit.live())).toBe(alike(await direct.unit.live()));
    });
    expectReached('done', 'refused', 'refused edit IN_USE', 'refused recording IN_USE', 'applied');
  },
  timeFor(12),
);

test(
  '9: an operation and its opposite leave the file as it was',
  async () => {
    await holds(25, [many, intent], async (mine, one) => {
      const twins = await Twins.begin(newsroom);
      for (const what of mine) await twins.intend('bob', what);
      const { id } = await twins.safeMode('bob');
      const { tasks } = await twins.unit.file(id);
      const shown = twins.shownTo('bob');
      const operation = operationOf({ ...one, act: 'UPDATE' }, shown, twins.mint);
      if (operation?.op !== 'UPDATE') return;
      const before = shown.objects[operation.kind].get(operation.target)!;
      if (takesApplicationOut(operation, before)) return void count('application taken out');
      if ((await twins.edit('bob', operation)).refused) return;
      for (const opposite of oppositesOf(operation, before)) {
        expect((await twins.edit('bob', opposite)).refused).toBeUndefined();
      }
      await twins.agree();
      expect(plain(await twins.unit.shown('bob', id))).toEqual(plain(shown));
      const change = objectDifference(operation.kind, before, askedUpdate(operation, before).asked) ?? {};
      if (Object.values(change).some(replacesObject)) return void count('object replaced');
      const back = await twins.unit.file(id);
      expect(netOfShown(back.tasks.map(atNoTime))).toEqual(netOfShown(tasks.map(atNoTime)));
      count('as it was');
    });
    expectReached('as it was');
  },
  timeFor(25),
);

test(
  '10: recording while live moved shows what was asked and adds no conflict',
  async () => {
    await holds(12, [few, many, few], async (mine, theirs, later) => {
      const twins = await Twins.begin(newsroom);
      const { id } = await twins.safeMode('bob');
      for (const what of mine) await twins.intend('bob', what);
      for (const what of theirs) await twins.intend('ada', what);
      const inConflict = async () => {
        const { tasks } = await twins.unit.file(id);
        const taskIds = (await twins.unit.conflicts('bob', id)).map(({ taskId }) => taskId);
        return tasks
          .filter((task) => taskIds.includes(task.id))
          .map(({ kind, target }) => `${kind} ${target}`);
      };
      for (const what of later) {
        const [before, known] = [await twins.unit.shown('bob', id), await inConflict()];
        const operation = operationOf(what, before, twins.mint);
        if (!operation) continue;
        const { operations, refused } = await twins.edit('bob', operation);
        const conflicts = await inConflict();
        expect(conflicts.filter((target) => !known.includes(target))).toEqual([]);
        const target = `${operation.kind} ${operation.target}`;
        if (refused || conflicts.includes(target)) continue;
        const seen = { before, after: await twins.unit.shown('bob', id), live: twins.pure.live };
        for (const asked of operations) expectShown(seen, asked, known.includes(target));
        count(known.includes(target) ? 'shows again' : 'shown');
      }
    });
    expectReached('shown');
  },
  timeFor(12),
);

/** A configuration as text, whoever made it, and with minted ids by their order: two units mint different ones. */
function alike(configuration: Slice): string {
  const text = JSON.stringify(plain(configuration)).replaceAll(/(ada|bob)@example.org/g, 'somebody');
  const ids = [...new Set(text.match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g))];
  return ids.sort().reduce((numbered, id, number) => numbered.replaceAll(id, `#${number}`), text);
}

/** Put in again it is another one. */
function takesApplicationOut({ fields }: UpdateOperation, { applications }: ConfigurationObject): boolean {
  const asked = fields.applications;
  if (!isJsonObject(asked) || !isJsonObject(applications)) return false;
  return Object.keys(applications).some((id) => !Object.hasOwn(asked, id));
}

/** What sets the whole object back. A manifest is set back first: it says what the rest may hold. */
function oppositesOf({ kind, target }: UpdateOperation, before: ConfigurationObject): UpdateOperation[] {
  const { owner: _owner, bundle: _bundle, key: _key, ...settable } = descriptors[kind].fields;
  const fields = Object.fromEntries(Object.keys(settable).map((field) => [field, before[field]]));
  if (kind !== 'PLUGIN') return [update(kind, target, fields) as UpdateOperation];
  const { manifest, manifestUrl: _manifestUrl, ...others } = fields;
  return [
    update(kind, target, { manifest }) as UpdateOperation,
    update(kind, target, others) as UpdateOperation,
  ];
}

/** A task that was edited and edited back tells of the last time. */
const atNoTime = (task: Task): Task => ({ ...task, at: '' });
