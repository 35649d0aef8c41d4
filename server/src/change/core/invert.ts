import { descriptors } from '../../configuration/descriptors';
import { canonical } from './canonical';
import { objectDifference } from './fields/patch';
import { type Change, type ConfigurationObject, type Id, type Task } from './task';

/** What comes in with an undo. */
export interface UndoContext {
  /** Gives a new id at every call. */
  newId: () => Id;
  /** ISO 8601 in UTC. */
  at: string;
  by: Id;
}

/** The tasks that take changes back: what was created is deleted, deleted is created with the same id, else set back. */
export function invert(changes: readonly Change[], context: UndoContext): Task[] {
  return changes.flatMap((change) => invertOne(change, context) ?? []);
}

function invertOne(
  { kind, id: target, before, after }: Change,
  { newId, at, by }: UndoContext,
): Task | undefined {
  const recorded = (value: ConfigurationObject) => {
    const key = descriptors[kind].displayName(value);
    return { id: newId(), kind, target, key, at, by, operationIds: [] };
  };
  if (before && after) {
    const patch = objectDifference(kind, canonical(kind, after), canonical(kind, before));
    return patch && { ...recorded(after), op: 'UPDATE', patch, seen: after };
  }
  if (after) return { ...recorded(after), op: 'DELETE', base: after, detach: [] };
  return before && { ...recorded(before), op: 'CREATE', value: before };
}
