import { type Json } from '../../../src/change/core/json';
import { type DependentsMode, type Resolution } from '../../../src/change/core/outcome';
import { removeTask } from '../../../src/change/core/resolution/remove';
import { resolutionsOf, resolve } from '../../../src/change/core/resolution/resolve';
import { type Conflict, type Id, type Task } from '../../../src/change/core/task';
import { count } from '../../../src/change/core/testing/reached';
import { conflictId } from './agreement';
import { attempt, expectUnchanged } from './refused';
import { type Owner } from './steps';
import { type Twins } from './twins';

/** Takes a task out of the owner's safe mode. Answers those that depend on it where that was refused. */
export async function removeFrom(
  twins: Twins,
  owner: Owner,
  taskId: Id,
  mode: DependentsMode,
): Promise<readonly Id[] | undefined> {
  const { unit, pure } = twins;
  const { id, pure: safeMode } = await twins.safeMode(owner);
  const wanted = pure.isReplaced(safeMode)
    ? { tasks: safeMode.tasks.filter((task) => task.id !== taskId), removed: [taskId] }
    : removeTask(pure.live, safeMode.tasks, taskId, mode);
  const before = await unit.traces();
  const { removal } = await unit.app.safeModes.tasks.remove(unit.actor(owner), id, taskId, mode);
  if (wanted.tasks) {
    expect([...(removal.removed ?? [])].sort()).toEqual([...wanted.removed].sort());
    pure.rewrite(safeMode, wanted.tasks);
    count(`removed ${mode}${wanted.removed.length > 1 ? ' with others' : ''}`);
    return undefined;
  }
  expect([...(removal.dependents ?? [])].sort()).toEqual([...wanted.dependents].sort());
  await expectUnchanged(unit, pure.live, before);
  count(`dependents ${mode}`);
  return wanted.dependents;
}

/** How a conflict is answered. */
export interface Answer {
  resolution: Resolution;
  value?: Json;
}

/** One of the ways out of a conflict that are offered, with a value where it needs one. */
export function answerTo(
  tasks: readonly Task[],
  conflict: Conflict,
  choice: number,
  mint: () => string,
): Answer | undefined {
  const task = tasks.find(({ id }) => id === conflict.task);
  const offered = task ? resolutionsOf(conflict, task) : [];
  const resolution = offered[choice % Math.max(offered.length, 1)];
  if (resolution !== 'VALUE') return resolution && { resolution };
  const value = valueFor(conflict, mint);
  return { resolution, value };
}

/** What is invalid is put back to what live has; where live has nothing, it is an application's area. */
function valueFor({ code, mine, live }: Conflict, mint: () => string): Json {
  if (code === 'NAME_TAKEN') return mint();
  return (code === 'INVALID' ? live : (mine ?? live)) ?? 'main';
}

/** Answers a conflict of the owner's safe mode as it was seen. Answers whether it still stood so. */
export async function resolveIn(
  twins: Twins,
  owner: Owner,
  seen: Conflict,
  { resolution, value }: Answer,
): Promise<boolean> {
  const { unit, pure } = twins;
  const { id, pure: safeMode } = await twins.safeMode(owner);
  const conflictIdSeen = conflictId(unit, seen);
  const standing = pure.conflicts(safeMode).find((conflict) => conflictId(unit, conflict) === conflictIdSeen);
  const request = { safeModeId: id, conflictId: conflictIdSeen, resolution, value };
  const refusal = await attempt(unit, pure.live, () =>
    unit.app.safeModes.tasks.resolve(unit.actor(owner), request),
  );
  if (!standing) {
    expect(refusal?.code).toBe('STALE_REVISION');
    count('lapsed');
    return false;
  }
  expect(refusal).toBeUndefined();
  if (resolution === 'REMATCH') pure.rematch(safeMode);
  else pure.rewrite(safeMode, resolve(pure.live, safeMode.tasks, standing, resolution, value).tasks!);
  count(resolution);
  return true;
}

/**
 * Answers conflict after conflict of the owner's safe mode until none is left: by these choices in turn, and by removing
 * its task where there is no choice, or no way out.
 */
export async function resolveAll(twins: Twins, owner: Owner, choices: readonly number[] = []): Promise<void> {
  const { pure } = await twins.safeMode(owner);
  for (let step = 0; ; step += 1) {
    const [conflict] = twins.conflicts(owner);
    if (!conflict) return;
    expect(step).toBeLessThan(60);
    const choice = choices[step % choices.length];
    // After some tries only removing is sure to end: one value that is not valid may follow another.
    const answer =
      choice === undefined || step > 30 ? undefined : answerTo(pure.tasks, conflict, choice, twins.mint);
    if (answer) await resolveIn(twins, owner, conflict, answer);
    else await removeFrom(twins, owner, conflict.task, 'CASCADE');
  }
}
