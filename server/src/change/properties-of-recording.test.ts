import { descriptors } from '../configuration/descriptors';
import { askedCreate, askedUpdate } from './asked-value';
import { isLeaf, isMap } from './entry';
import { evaluate } from './evaluate';
import { isJsonObject } from './json';
import { objectDifference, overwritePatch } from './patch';
import { record } from './record';
import { type Slice } from './slice';
import { type ConfigurationObject, type Entry, type Operation, type Task } from './task';
import { update } from './testing/builders';
import { intent, intents, operationOf } from './testing/intents';
import { netOf } from './testing/net-of';
import { conflictsOf, count, expectReached } from './testing/reached';
import { afterEdits, beginning, fileOf, holds, minter, recording, shownOf } from './testing/run';
import { brokenRules, edited, plain, sorted } from './testing/world';

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
    expect(netOf(back.tasks ?? [])).toEqual(netOf(tasks));
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
        expectShown(
          shownOf(live, before),
          shownOf(live, after),
          operation,
          known.has(`${operation.kind} ${operation.target}`),
        );
      }
    }
  });
});

afterAll(() => expectReached('IN_USE', 'FIELD_CHANGED', 'DELETE_OF_CHANGED', 'object replaced'));

/** The whole object as an edit of every field. */
function allOf(kind: Operation['kind'], value: ConfigurationObject): ConfigurationObject {
  return Object.fromEntries(Object.keys(descriptors[kind].fields).map((field) => [field, value[field]]));
}

/** Dropping an object and setting it again replaces it as a whole: another entry with the same outcome. */
function replacesObject(entry: Entry): boolean {
  if (isLeaf(entry)) return isJsonObject(entry.from);
  return isMap(entry) && Object.values(entry.keys).some(replacesObject);
}

/** What was asked is what is shown; where the task was in conflict, its other entries show again too. */
function expectShown(before: Slice, after: Slice, operation: Operation, wasInConflict: boolean): void {
  const { kind, target } = operation;
  const now = after.objects[kind].get(target);
  if (operation.op === 'DELETE') return expect(now).toBeUndefined();
  const shown = before.objects[kind].get(target);
  const asked = operation.op === 'CREATE' || !shown ? undefined : askedUpdate(operation, shown).asked;
  const wanted = operation.op === 'CREATE' ? askedCreate(operation) : asked;
  if (!wanted || !now) throw new Error('The operation left nothing to see.');
  const change = wasInConflict && shown ? objectDifference(kind, shown, wanted) : undefined;
  expect(sorted(now)).toEqual(sorted(wasInConflict && shown ? overwritePatch(now, change ?? {}) : wanted));
}
