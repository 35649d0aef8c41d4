import fc from 'fast-check';
import { evaluate } from './evaluation/evaluate';
import { invert } from './invert';
import { removeTask } from './resolution/remove';
import { type Task } from './task';
import { intent, intents } from './testing/intents';
import { conflictsOf, expectReached } from './testing/reached';
import { afterEdits, beginning, fileOf, holds, minter, shownOf } from './testing/run';
import { brokenRules, landed, plain, sorted, told } from './testing/world';

const many = intents(9);
const few = intents(5);
const undoContext = () => ({ newId: minter('undo'), at: '2026-01-02T00:00:00.000Z', by: 'ada' });

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

afterAll(() =>
  expectReached(
    'NAME_TAKEN',
    'TARGET_MISSING',
    'FIELD_CHANGED',
    'DELETE_OF_CHANGED',
    'REFERENCE_MISSING',
    'REFERENCE_GAINED',
    'INVALID',
    'derived DEPENDENCY_REMOVED',
    'derived NAME_TAKEN',
    'satisfied',
    'merged leaf',
    'merged set',
    'merged list',
    'merged map',
    'merged nested map',
  ),
);
