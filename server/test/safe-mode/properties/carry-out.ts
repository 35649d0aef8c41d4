import { type Conflict } from '../../../src/change/core/task';
import { count } from '../../../src/change/core/testing/reached';
import { afterEdits, minter } from '../../../src/change/core/testing/run';
import { withOtherIds } from './import';
import { type Owner, type Step } from './steps';
import { answerTo, removeFrom, resolveIn } from './task-steps';
import { type Applied, type Twins } from './twins';

/** What a run of steps remembers. */
export interface Memory {
  /** Safe modes that were applied and changed something. */
  applied: Applied[];
  /** What stood against each safe mode when its owner looked for the first time. */
  conflicts: Record<Owner, Conflict[]>;
}

/** Carries one step out where it can be, behind the services, and by the core alone. */
export async function carryOut(twins: Twins, step: Step, memory: Memory): Promise<void> {
  switch (step.act) {
    case 'EDIT':
      count(`${step.ago > 0 ? 'late ' : ''}edit ${await twins.intend(step.by, step.what, step.ago)}`);
      return;
    case 'APPLY': {
      const applied = await twins.apply(step.of);
      if (applied && applied.changes.length > 0) memory.applied.push(applied);
      return;
    }
    case 'REMOVE': {
      const { tasks } = (await twins.safeMode(step.of)).pure;
      const task = tasks[step.pick % Math.max(tasks.length, 1)];
      if (task) await removeFrom(twins, step.of, task.id, step.mode);
      return;
    }
    case 'RESOLVE':
      return resolveOne(twins, step, memory);
    case 'UNDO': {
      const applied = memory.applied[step.pick % Math.max(memory.applied.length, 1)];
      if (applied) await twins.undo(step.by, applied);
      return;
    }
    case 'IMPORT': {
      const edited = afterEdits(twins.pure.live, step.edits, minter(`import${twins.pure.revision}-`));
      await twins.replace(withOtherIds(edited, step.pick));
    }
  }
}

async function resolveOne(
  twins: Twins,
  { of, pick, choice, late }: Extract<Step, { act: 'RESOLVE' }>,
  memory: Memory,
): Promise<void> {
  const seen = late ? memory.conflicts[of] : twins.conflicts(of);
  const conflict = seen[pick % Math.max(seen.length, 1)];
  const { tasks } = (await twins.safeMode(of)).pure;
  const answer = conflict && answerTo(tasks, conflict, choice, twins.mint);
  if (answer) await resolveIn(twins, of, conflict, answer);
}
