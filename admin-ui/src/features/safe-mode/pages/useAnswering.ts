import { nextTick, shallowRef, type ShallowRef } from 'vue';
import type { Resolution } from '../../../apollo/generated/graphql';
import type { ConflictRow, TaskRow } from './types';
import type { TaskActions } from './useTaskActions';

/** A conflict whose answer is a value. */
export interface Asked {
  conflict: ConflictRow;
  task: TaskRow;
}

interface Answering {
  remove: (task: TaskRow) => Promise<void>;
  /** Answers what becomes of the changes that need one. */
  removeWith: (mode: 'CASCADE' | 'DETACH') => Promise<void>;
  /** Where a value is needed, asks for it first. */
  resolve: (conflict: ConflictRow, task: TaskRow, resolution: Resolution) => Promise<void>;
  resolveWithValue: (value: unknown) => Promise<void>;
  /** What the dialog asks about; it stays while the dialog fades out. */
  asked: ShallowRef<Asked | undefined>;
  isAsking: ShallowRef<boolean>;
  /** For dialogs that were closed: decides where the focus goes. */
  returnFocus: (event: Event) => void;
}

/**
 * What the owner does to single changes of the page, with the focus kept: what had it is often gone afterwards.
 *
 * @param focusAt how to focus a change, or what has taken its place by then
 */
export function useAnswering(
  actions: TaskActions,
  tasks: () => readonly TaskRow[] | undefined,
  focusAt: (task: TaskRow) => (() => void) | undefined,
): Answering {
  const asked = shallowRef<Asked>();
  const isAsking = shallowRef(false);
  let focusAfterDialog: (() => void) | undefined;

  async function keepingFocus(task: TaskRow, work: () => Promise<unknown>): Promise<void> {
    const focus = focusAt(task);
    await work();
    await nextTick();
    if (document.activeElement === document.body) focus?.();
  }

  /** The conflict at the same place of the same change, as it is after live may have moved again. */
  async function standing({ task: { id }, conflict }: Asked): Promise<Asked | undefined> {
    await nextTick();
    const task = tasks()?.find((each) => each.id === id);
    const same = task?.conflicts.find(({ code, path }) => code === conflict.code && path === conflict.path);
    return task && same && { task, conflict: same };
  }

  return {
    remove: (task) => keepingFocus(task, () => actions.remove(task)),
    async removeWith(mode) {
      const task = actions.pending.value?.task;
      if (!task) return;
      const focus = focusAt(task);
      await actions.removeWith(mode);
      focusAfterDialog = actions.pending.value ? undefined : focus;
    },
    async resolve(conflict, task, resolution) {
      if (resolution !== 'VALUE') return keepingFocus(task, () => actions.resolve(conflict, resolution));
      actions.forgetFault();
      asked.value = { conflict, task };
      isAsking.value = true;
    },
    async resolveWithValue(value) {
      const question = asked.value;
      if (!question) return;
      const focus = focusAt(question.task);
      const isDone = await actions.resolve(question.conflict, 'VALUE', value);
      // Otherwise what was typed stays, with what is wrong about it, unless there is nothing to answer any more.
      const left = isDone ? undefined : await standing(question);
      if (left) asked.value = left;
      isAsking.value = left !== undefined;
      focusAfterDialog = left ? undefined : focus;
    },
    asked,
    isAsking,
    returnFocus(event) {
      if (focusAfterDialog) event.preventDefault();
      focusAfterDialog?.();
      focusAfterDialog = undefined;
    },
  };
}
