import fc from 'fast-check';
import { evaluate } from './evaluation/evaluate';
import { record } from './recording/record';
import { dependentsOf, removeTask } from './resolution/remove';
import { resolutionsOf, resolve } from './resolution/resolve';
import { emptySlice, extendSlice, type Slice } from './slice';
import { loadSlice, nextRequest } from './slice-request';
import { type Conflict, type Operation, type Task } from './task';
import { recorded, remove, update } from './testing/builders';
import { intents } from './testing/intents';
import { netOf } from './testing/net-of';
import { conflictsOf, count, expectReached } from './testing/reached';
import { afterEdits, beginning, fileOf, holds, minter, recording, shownOf } from './testing/run';
import { brokenRules, sorted, told } from './testing/world';
import { answerFrom } from './whole-configuration';

const many = intents(9);
const few = intents(5);

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
  const tasks = recorded(
    beginning,
    update('PROFILE', 'r2', { name: 'C', workspaces: ['w1', 'w2'] }),
    remove('PLUGIN', 'p1', true),
  );
  let rounds = 0;
  const slice = await loadSlice((request) => {
    rounds += 1;
    return Promise.resolve(answerFrom(beginning.objects, request));
  }, tasks);
  expect(rounds).toBe(1);
  expect(told(evaluate(slice, tasks).conflicts)).toEqual([]);
});

afterAll(() => expectReached('MINE', 'THEIRS', 'VALUE', 'RECREATE', 'DETACH', 'detach refused'));

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
