import { type Edit } from '../outcome';
import { record } from './record';
import { type Slice } from '../slice';
import { type Operation } from '../task';

/** A direct edit: the same operations recorded on nothing and evaluated at once. An edit of nothing has no changes. */
export function edit(live: Slice, operations: readonly Operation[]): Edit {
  const recording = record(live, [], operations);
  if (recording.refused) return { changes: [], conflicts: recording.refused };
  const { changes, conflicts } = recording.evaluation;
  return conflicts.length > 0 ? { changes: [], conflicts } : { changes, conflicts };
}
