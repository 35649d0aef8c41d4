import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation, type Fault } from '../../../apollo';
import {
  RemoveSafeModeTaskDocument,
  ResolveSafeModeConflictDocument,
} from '../../../apollo/generated/safe-mode-pages';
import type { DependentsMode, Resolution } from '../../../apollo/generated/graphql';
import { useSafeMode } from '../../../session';
import { pageTexts, withNextStep } from './page-texts';
import type { ConflictRow, TaskRow } from './types';
import { resolvedTexts } from './conflict-texts';

/** A change that others need: they are named, and the owner decides what becomes of them. */
export interface PendingRemoval {
  task: TaskRow;
  dependents: { id: string; summary: string }[];
  /** Their references cannot be dropped: what ties them is a name. */
  isTied: boolean;
}

export interface TaskActions {
  /** Takes a change out; where others need it, nothing happens and `pending` is set. */
  remove: (task: TaskRow) => Promise<void>;
  /** Answers the question of `pending`. */
  removeWith: (mode: Exclude<DependentsMode, 'REFUSE'>) => Promise<void>;
  pending: ShallowRef<PendingRemoval | undefined>;
  /** Resolves to true when the answer is recorded. */
  resolve: (conflict: ConflictRow, resolution: Resolution, value?: unknown) => Promise<boolean>;
  /** The task, or the conflict, that is being worked on. */
  busyWith: ShallowRef<string | undefined>;
  fault: ComputedRef<Fault | undefined>;
  forgetFault: () => void;
  /** What was done last, in words. */
  said: ShallowRef<string>;
}

/** What the owner does to single changes of a safe mode. */
export function useTaskActions(safeModeId: () => string, refetch: () => Promise<void>): TaskActions {
  const removal = useMutation(RemoveSafeModeTaskDocument);
  const resolution = useMutation(ResolveSafeModeConflictDocument);
  const { refresh } = useSafeMode();
  const pending = shallowRef<PendingRemoval>();
  const busyWith = shallowRef<string>();
  const said = shallowRef('');

  const forgetFault = () => (removal.fault.value = resolution.fault.value = undefined);

  async function working<Outcome>(
    on: string,
    work: () => Promise<Outcome | undefined>,
  ): Promise<Outcome | undefined> {
    busyWith.value = on;
    said.value = '';
    forgetFault();
    try {
      const outcome = await work();
      // A refusal mostly means that the page shows something that is past.
      if (outcome === undefined) await refetch();
      await refresh();
      return outcome;
    } finally {
      busyWith.value = undefined;
    }
  }

  // The buttons stay on meanwhile: one that is switched off loses the focus.
  const isBusy = () => busyWith.value !== undefined;

  async function removeAs(task: TaskRow, mode: DependentsMode): Promise<void> {
    if (isBusy()) return;
    const input = { safeModeId: safeModeId(), taskId: task.id, dependents: mode };
    const answer = await working(task.id, () => removal.run({ input }));
    const outcome = answer?.removeSafeModeTask;
    if (outcome?.__typename === 'SafeModeTaskHasDependents') {
      pending.value = { task, dependents: outcome.dependents, isTied: mode === 'DETACH' };
      return;
    }
    pending.value = undefined;
    if (outcome) said.value = removedText(task, mode, outcome.removedTaskIds.length);
  }

  return {
    remove: (task) => removeAs(task, 'REFUSE'),
    async removeWith(mode) {
      if (pending.value) await removeAs(pending.value.task, mode);
    },
    pending,
    async resolve({ id: conflictId }, chosen, value) {
      if (isBusy()) return false;
      const input = { safeModeId: safeModeId(), conflictId, resolution: chosen, value };
      const answer = await working(conflictId, () => resolution.run({ input }));
      if (answer) said.value = resolvedTexts[chosen];
      return answer !== undefined;
    },
    busyWith,
    fault: computed(() => withNextStep(removal.fault.value ?? resolution.fault.value)),
    forgetFault,
    said,
  };
}

function removedText({ summary, operation }: TaskRow, mode: DependentsMode, removed: number): string {
  const text = mode === 'DETACH' ? pageTexts.detached(summary) : pageTexts.removed(summary, removed - 1);
  return operation === 'DELETE' ? `${text} ${pageTexts.foldedUpdates}` : text;
}
