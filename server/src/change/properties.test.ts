import fc from 'fast-check';
import { evaluate } from './evaluate';
import { invert } from './invert';
import { record } from './record';
import { dependentsOf, removeTask } from './remove';
import { resolutionsOf, resolve } from './resolve';
import { type Slice } from './slice';
import { loadSlice, nextRequest } from './slice-request';
import { emptySlice, extendSlice } from './slice';
import { answerFrom } from './whole-configuration';
import { askedCreate, askedUpdate } from './asked-value';
import { descriptors } from '../configuration/descriptors';
import { type ConfigurationObject, type Conflict, type Operation, type Task } from './task';
import { afterEdits, beginning, fileOf, holds, minter, recording, shownOf } from './testing/run';
import { intent, intents, operationOf } from './testing/intents';
import { brokenRules, edited, landed, plain, sorted, told } from './testing/world';
import { update } from './testing/builders';

const many = intents(9);
const few = intents(5);
const reached = new Map<string, number>();
const undoContext = () => ({ newId: minter('undo'), at: '2026-01-02T00:00:00.000Z', by: 'ada' });

const count = (what: string) => reached.set(what, (reached.get(what) ?? 0) + 1);

function conflictsOf(live: Slice, tasks: readonly Task[]): Conflict[] {
  const { conflicts } = evaluate(live, tasks);
  for (const { code, derived } of conflicts) {
    count(code);
    if (derived) count('derived');
  }
  return conflicts;
}

/** A file without what only tells who recorded it when, and what was seen. */
const netOf = (tasks: readonly Task[]) =>
  tasks
    .map((task) => {
      const { id, key, operationIds, ...net } = task;
      void [id, key, operationIds];
      return JSON.stringify(sorted({ ...net, seen: undefined }));
    })
    .sort();

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

test('3: apply, undo and redo restore exactly', () => {
  holds([many], (intended) => {
    const tasks = fileOf(beginning, intended, minter());
    const applied = evaluate(beginning, tasks);
    const after = landed(beginning, applied.changes);
    const undone = evaluate(after, invert(applied.changes, undoContext()));
    expect(undone.conflicts).toEqual([]);
    expect(plain(landed(after, undone.changes))).toEqual(plain(beginning));
    const redone = evaluate(beginning, invert(undone.changes, undoContext()));
    expect(redone.conflicts).toEqual([]);
    expect(plain(landed(beginning, redone.changes))).toEqual(plain(after));
  });
});

test('4: with live moved the overlay is always valid, and what is in conflict is left as live has it', () => {
  holds([many, many], (mine, theirs) => {
    const mint = minter();
    const tasks = fileOf(beginning, mine, mint);
    const live = afterEdits(beginning, theirs, mint);
    const { overlay } = evaluate(live, tasks);
    const conflicts = conflictsOf(live, tasks);
    expect(brokenRules(overlay)).toEqual([]);
    const inConflict = new Set(conflicts.map(({ task }) => task));
    const standing = tasks.filter(({ id }) => !inConflict.has(id));
    const alone = evaluate(live, standing);
    expect(alone.conflicts).toEqual([]);
    expect(plain(alone.overlay)).toEqual(plain(overlay));
  });
});

test('5: removing the tasks in conflict, at once or one by one, leaves a file that applies', () => {
  holds([many, many], (mine, theirs) => {
    const mint = minter();
    let tasks = fileOf(beginning, mine, mint);
    const live = afterEdits(beginning, theirs, mint);
    const inConflict = new Set(conflictsOf(live, tasks).map(({ task }) => task));
    expect(
      evaluate(
        live,
        tasks.filter(({ id }) => !inConflict.has(id)),
      ).conflicts,
    ).toEqual([]);
    for (let first = conflictsOf(live, tasks)[0]; first; first = conflictsOf(live, tasks)[0]) {
      const removal = removeTask(live, tasks, first.task, 'CASCADE');
      expect(removal.removed).toContain(first.task);
      tasks = removal.tasks ?? [];
    }
    expect(brokenRules(evaluate(live, tasks).overlay)).toEqual([]);
  });
});

test('6: two safe modes and live edits interleaved stay valid at every step', () => {
  const step = fc.record({
    who: fc.constantFrom('one', 'two', 'live', 'apply one', 'apply two'),
    what: intent,
  });
  holds([fc.array(step, { minLength: 4, maxLength: 16 })], (steps) => {
    const mint = minter();
    let live = beginning;
    const files: Record<string, Task[]> = { one: [], two: [] };
    for (const { who, what } of steps) {
      const name = who.replace('apply ', '');
      if (who === 'live') live = afterEdits(live, [what], mint);
      else if (who === name) files[name] = fileOf(live, [what], mint, files[name]);
      else {
        const { conflicts, changes } = evaluate(live, files[name] ?? []);
        if (conflicts.length > 0) continue;
        live = landed(live, changes);
        files[name] = [];
      }
      expect(brokenRules(live)).toEqual([]);
      for (const file of Object.values(files)) expect(brokenRules(shownOf(live, file))).toEqual([]);
    }
  });
});

test('7: the order of tasks and keys does not matter', () => {
  holds([many, many], (mine, theirs) => {
    const mint = minter();
    const tasks = fileOf(beginning, mine, mint);
    const live = afterEdits(beginning, theirs, mint);
    const shuffled = [...tasks].reverse().map((task) => sorted(task) as Task);
    const [a, b] = [evaluate(live, tasks), evaluate(live, shuffled)];
    expect(told(b.conflicts)).toEqual(told(a.conflicts));
    expect(plain(b.overlay)).toEqual(plain(a.overlay));
    expect([...b.satisfied].sort()).toEqual([...a.satisfied].sort());
  });
});

test('8: CASCADE and DETACH never leave a file that cannot apply', () => {
  holds([many, fc.nat(8)], (mine, pick) => {
    const tasks = fileOf(beginning, mine, minter());
    const task = tasks[pick % Math.max(tasks.length, 1)];
    if (!task) return;
    const cascaded = removeTask(beginning, tasks, task.id, 'CASCADE');
    expect(evaluate(beginning, cascaded.tasks ?? []).conflicts).toEqual([]);
    const detached = removeTask(beginning, tasks, task.id, 'DETACH');
    if (detached.tasks) expect(evaluate(beginning, detached.tasks).conflicts).toEqual([]);
    else count('detach refused');
    const refused = removeTask(beginning, tasks, task.id, 'REFUSE');
    expect(refused.dependents ?? []).toEqual(dependentsOf(beginning, tasks, task.id));
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
    if (!isReplacedObject(back.tasks ?? [], tasks)) expect(netOf(back.tasks ?? [])).toEqual(netOf(tasks));
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
        expectShown(shownOf(live, before), shownOf(live, after), operation);
      }
    }
  });
});

test('11: every conflict can be resolved in finitely many steps', () => {
  holds([many, many, fc.array(fc.nat(9), { minLength: 1, maxLength: 10 })], (mine, theirs, choices) => {
    const mint = minter();
    let tasks = fileOf(beginning, mine, mint);
    const live = afterEdits(beginning, theirs, mint);
    for (let step = 0; ; step += 1) {
      const conflict = conflictsOf(live, tasks)[0];
      if (!conflict) break;
      expect(step).toBeLessThan(60);
      tasks = answered(live, tasks, conflict, choices[step % choices.length] ?? 0, mint);
    }
    expect(brokenRules(shownOf(live, tasks))).toEqual([]);
  });
});

test('12: undoing over others’ edits never overwrites them, and undoing twice changes nothing', () => {
  holds([many, few], (mine, theirs) => {
    const mint = minter();
    const applied = evaluate(beginning, fileOf(beginning, mine, mint));
    const after = landed(beginning, applied.changes);
    const live = afterEdits(after, theirs, mint);
    const undo = invert(applied.changes, undoContext());
    const undone = evaluate(live, undo);
    conflictsOf(live, undo);
    expect(brokenRules(undone.overlay)).toEqual([]);
    for (const { kind, id, before, after: now } of undone.changes) {
      const left = after.objects[kind].get(id);
      for (const field of ['name', 'enabled', 'description', 'secret', 'layout']) {
        const theirsMoved = before !== undefined && left !== undefined && before[field] !== left[field];
        if (theirsMoved && now) expect(now[field]).toEqual(before[field]);
        if (theirsMoved) expect(now).toBeDefined();
      }
    }
    if (undone.conflicts.length > 0) return;
    const twice = evaluate(landed(live, undone.changes), undo);
    expect(twice.changes).toEqual([]);
  });
});

test('13: a slice is as good as everything', () => {
  holds([few, many, few], (mine, theirs, later) => {
    const mint = minter();
    const tasks = fileOf(beginning, mine, mint);
    const live = afterEdits(beginning, theirs, mint);
    const slice = loaded(live, tasks, []);
    const [a, b] = [evaluate(slice, tasks), evaluate(live, tasks)];
    expect(told(a.conflicts)).toEqual(told(b.conflicts));
    expect(a.changes.map((change) => JSON.stringify(sorted(change))).sort()).toEqual(
      b.changes.map((change) => JSON.stringify(sorted(change))).sort(),
    );
    expect([...a.satisfied].sort()).toEqual([...b.satisfied].sort());
    for (const { operation, before } of recording(live, later, mint, tasks)) {
      const recordedOnSlice = record(loaded(live, before, [operation]), before, [operation]);
      const recordedOnAll = record(live, before, [operation]);
      expect(netOf(recordedOnSlice.tasks ?? [])).toEqual(netOf(recordedOnAll.tasks ?? []));
      expect(told(recordedOnSlice.refused ?? [])).toEqual(told(recordedOnAll.refused ?? []));
    }
  });
});

test('a slice is loaded in one round', async () => {
  const tasks = fileOf(beginning, fc.sample(many, { numRuns: 1, seed: 7 })[0] ?? [], minter());
  let rounds = 0;
  await loadSlice((request) => {
    rounds += 1;
    return Promise.resolve(answerFrom(beginning.objects, request));
  }, tasks);
  expect(rounds).toBe(1);
});

afterAll(() => {
  console.log(
    [...reached]
      .sort()
      .map(([what, times]) => `${what}: ${times}`)
      .join(', '),
  );
  // Each must have been reached, or the properties above say less than they seem to.
  for (const code of [
    'NAME_TAKEN',
    'TARGET_MISSING',
    'FIELD_CHANGED',
    'DELETE_OF_CHANGED',
    'REFERENCE_MISSING',
    'REFERENCE_GAINED',
    'DEPENDENCY_REMOVED',
    'INVALID',
    'derived',
  ]) {
    if (!reached.get(code)) throw new Error(`no run reached ${code}: ${JSON.stringify([...reached])}`);
  }
});

function loaded(live: Slice, tasks: readonly Task[], operations: readonly Operation[]): Slice {
  let slice = emptySlice();
  for (
    let request = nextRequest(slice, tasks, operations);
    request;
    request = nextRequest(slice, tasks, operations)
  ) {
    slice = extendSlice(slice, request, answerFrom(live.objects, request));
  }
  return slice;
}

/** The whole object as an edit of every field. */
function allOf(kind: Operation['kind'], value: ConfigurationObject): ConfigurationObject {
  return Object.fromEntries(Object.keys(descriptors[kind].fields).map((field) => [field, value[field]]));
}

/** Dropping an object and setting it again replaces it as a whole, which is another entry with the same outcome. */
function isReplacedObject(a: readonly Task[], b: readonly Task[]): boolean {
  const wholes = (tasks: readonly Task[]) =>
    JSON.stringify(tasks).match(/"leaf":true,"from":\{/g)?.length ?? 0;
  return wholes(a) > wholes(b);
}

/** What was asked is what is shown, field by field. */
function expectShown(before: Slice, after: Slice, operation: Operation): void {
  const now = after.objects[operation.kind].get(operation.target);
  if (operation.op === 'DELETE') return expect(now).toBeUndefined();
  const shown = before.objects[operation.kind].get(operation.target);
  const asked =
    operation.op === 'CREATE' ? askedCreate(operation) : shown && askedUpdate(operation, shown).asked;
  expect(sorted(now)).toEqual(sorted(asked));
}

/** One way out of a conflict, else its task is removed. */
function answered(
  live: Slice,
  tasks: Task[],
  conflict: Conflict,
  choice: number,
  mint: () => string,
): Task[] {
  const task = tasks.find(({ id }) => id === conflict.task);
  const offered = task ? resolutionsOf(conflict, task) : [];
  const resolution = offered[choice % Math.max(offered.length, 1)];
  if (resolution === undefined || resolution === 'REMATCH' || conflict.code === 'INVALID') {
    count(`removed for ${conflict.code}`);
    return removeTask(live, tasks, conflict.task, 'CASCADE').tasks ?? [];
  }
  count(resolution);
  const value = conflict.code === 'NAME_TAKEN' ? mint() : (conflict.mine ?? conflict.live);
  const resolved = resolve(live, tasks, conflict, resolution, value);
  expect(resolved.refused).toBeUndefined();
  return resolved.tasks ?? [];
}
