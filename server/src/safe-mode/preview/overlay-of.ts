import { overwritePatch } from '../../change/core/fields/patch';
import { type Task } from '../../change/core/task';
import { type Draft, Overlay } from '../../configuration/overlay';
import { type EvaluatedSafeMode } from './evaluation.service';

/** What reads are overlaid with: what the tasks change, and by id the drafts of those that are in conflict. */
export function overlayOf({ file, evaluation }: EvaluatedSafeMode): Overlay {
  const inConflict = new Set(evaluation.conflicts.map(({ task }) => task));
  const left = file.tasks.filter(({ id }) => inConflict.has(id));
  return new Overlay(evaluation.changes, left.flatMap(draftOf));
}

function draftOf(task: Task): Draft[] {
  const { kind, target: id } = task;
  if (task.op === 'CREATE') return [{ kind, id, value: task.value }];
  return task.op === 'UPDATE' ? [{ kind, id, value: overwritePatch(task.seen, task.patch) }] : [];
}
