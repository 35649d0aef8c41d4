import { descriptors } from '../../configuration/descriptors';
import { own } from '../core/json';
import { recordedValue } from '../core/resolution/rematch';
import { type Delete, type Task, type Update } from '../core/task';
import { fieldInWords, objectInWords } from './words';

/** One line in words: `Change the profile “Sales”: name, workspaces`. Without any value but the object's name. */
export function taskSummary(task: Task): string {
  const target = objectInWords(task.kind, taskName(task));
  switch (task.op) {
    case 'CREATE':
      return `Create ${target}`;
    case 'UPDATE':
      return `Change ${target}: ${touchedFields(task).map(fieldInWords).join(', ')}`;
    case 'DELETE':
      return `Remove ${target}${droppedReferences(task)}`;
  }
}

/** What the task's target is called: a new object as it is to be, any other one as it was when it was recorded. */
export function taskName(task: Task): string {
  const name: unknown = descriptors[task.kind].displayName(recordedValue(task));
  return typeof name === 'string' ? name : task.key;
}

/** In the order of the descriptor, whatever order they were edited in. */
function touchedFields({ kind, patch }: Update): string[] {
  const described = Object.keys(descriptors[kind].fields);
  const others = Object.keys(patch).filter((field) => !described.includes(field));
  return [...described.filter((field) => own(patch, field) !== undefined), ...others];
}

function droppedReferences({ detach }: Delete): string {
  if (detach.length === 0) return '';
  return ` and drop ${detach.length === 1 ? '1 reference' : `${detach.length} references`} to it`;
}
