import { descriptors } from '../../configuration/descriptors';
import { askedUpdate } from './recording/asked-value';
import { evaluate } from './evaluation/evaluate';
import { objectDifference } from './fields/patch';
import { record } from './recording/record';
import { type ConfigurationObject, type Operation, type Task } from './task';
import { update } from './testing/builders';
import { intent, intents, operationOf } from './testing/intents';
import { netOf, netOfShown, replacesObject } from './testing/net-of';
import { conflictsOf, count, expectReached } from './testing/reached';
import { afterEdits, beginning, fileOf, holds, minter, recording, shownOf } from './testing/run';
import { expectShown } from './testing/shown';
import { brokenRules, edited, plain } from './testing/world';

const many = intents(9);
const few = intents(5);

test('1: live one by one is the same as recorded and then applied, and refuses the same', () => {
  holds([many, many], (earlier, intended) => {
    const mint = minter();
    const base = afterEdits(beginning, earlier, mint);
    let live = base;
    let tasks: Task[] = [];
    for (const one of intended) {
      const operation = operationOf(one, live, mint);
      if (!operation) continue;
      const direct = edited(live, [operation]);
      const outcome = record(base, tasks, [operation]);
      expect(outcome.refused !== undefined).toBe(direct.refused);
      outcome.refused?.forEach(({ code }) => count(code));
      live = direct.live;
      tasks = outcome.tasks ?? tasks;
      const { overlay, conflicts } = evaluate(base, tasks);
      expect(conflicts).toEqual([]);
      expect(plain(overlay)).toEqual(plain(live));
    }
    expect(brokenRules(live)).toEqual([]);
  });
});

test('2: recording in two sittings is the same as in one', () => {
  holds([few, few], (first, second) => {
    const [one, two] = [minter(), minter()];
    const sitting = fileOf(beginning, first, one);
    const reopened = JSON.parse(JSON.stringify(sitting)) as Task[];
    const inTwo = fileOf(beginning, second, one, reopened);
    const inOne = fileOf(beginning, [...first, ...second], two);
    expect(netOf(inTwo)).toEqual(netOf(inOne));
  });
});

test('9: an operation and its opposite leave the file as it was', () => {
  holds([many, intent], (mine, one) => {
    const mint = minter();
    const tasks = fileOf(beginning, mine, mint);
    const shown = shownOf(beginning, tasks);
    const operation = operationOf({ ...one, act: 'UPDATE' }, shown, mint);
    if (operation?.op !== 'UPDATE') return;
    const before = shown.objects[operation.kind].get(operation.target) ?? {};
    const done = record(beginning, tasks, [operation]);
    if (!done.tasks) return;
    const opposite = update(operation.kind, operation.target, allOf(operation.kind, before));
    const back = record(beginning, done.tasks, [opposite]);
    expect(back.refused).toBeUndefined();
    expect(plain(shownOf(beginning, back.tasks ?? []))).toEqual(plain(shown));
    const change = objectDifference(operation.kind, before, askedUpdate(operation, before).asked) ?? {};
    if (Object.values(change).some(replacesObject)) return void count('object replaced');
    expect(netOfShown(back.tasks ?? [])).toEqual(netOfShown(tasks));
  });
});

test('10: recording while live moved shows what was asked and adds no conflict', () => {
  holds([few, many, few], (mine, theirs, later) => {
    const mint = minter();
    const tasks = fileOf(beginning, mine, mint);
    const live = afterEdits(beginning, theirs, mint);
    for (const { operation, before, tasks: after, refused } of recording(live, later, mint, tasks)) {
      const known = new Set(conflictsOf(live, before).map(({ kind, target }) => `${kind} ${target}`));
      const conflicts = conflictsOf(live, after).map(({ kind, target }) => `${kind} ${target}`);
      expect(conflicts.filter((target) => !known.has(target))).toEqual([]);
      if (!refused && !conflicts.includes(`${operation.kind} ${operation.target}`)) {
        const seen = { before: shownOf(live, before), after: shownOf(live, after), live };
        expectShown(seen, operation, known.has(`${operation.kind} ${operation.target}`));
      }
    }
  });
});

afterAll(() => expectReached('IN_USE', 'FIELD_CHANGED', 'DELETE_OF_CHANGED', 'object replaced'));

/** The whole object as an edit of every field. */
function allOf(kind: Operation['kind'], value: ConfigurationObject): ConfigurationObject {
  return Object.fromEntries(Object.keys(descriptors[kind].fields).map((field) => [field, value[field]]));
}
