import { descriptors } from '../../../configuration/descriptors';
import { canonical, sameObject } from '../canonical';
import { asJson } from '../descriptor';
import { own, type Pointer, pointerTo, sameJson, valueAt } from '../json';
import { applyPatch } from '../fields/patch';
import { type LiveView } from '../live-view';
import {
  type Conflict,
  type ConfigurationObject,
  type ConflictCode,
  type Create,
  type Delete,
  type Task,
  type Update,
} from '../task';

/** What one task by itself makes of its target, as if its values won. */
export interface Proposal {
  task: Task;
  before?: ConfigurationObject;
  after?: ConfigurationObject;
  /** Those that have to do with the target alone. */
  conflicts: Conflict[];
  /** Nothing to write: live already is as the task wants it. */
  satisfied: boolean;
}

/**
 * What creates and updates came to the last time. They depend on nothing but the task and its live target, neither of
 * which is ever changed; one recording evaluates the same file several times.
 */
const known = new WeakMap<Task, Proposal>();

/** Judges a task against its live target alone. */
export function propose(live: LiveView, task: Task): Proposal {
  const before = live.object(task);
  if (task.op === 'DELETE') return before ? proposeDelete(live, task, before) : proposeNothing(task);
  const last = known.get(task);
  if (last && last.before === before) return last;
  const proposal = proposeValue(task, before);
  known.set(task, proposal);
  return proposal;
}

function proposeValue(task: Create | Update, before: ConfigurationObject | undefined): Proposal {
  if (task.op === 'CREATE') return proposeCreate(task, before);
  return before ? proposeUpdate(task, before) : proposeNothing(task);
}

/** A conflict of a task; what is absent is left out. */
export function conflictOf(
  { id, kind, target }: Pick<Task, 'id' | 'kind' | 'target'>,
  code: ConflictCode,
  path: Pointer,
  more: Omit<Partial<Conflict>, 'task' | 'code' | 'path'> = {},
): Conflict {
  const present = Object.entries(more).filter((detail) => detail[1] !== undefined);
  return { task: id, kind, target, code, path, ...Object.fromEntries(present) };
}

function proposeNothing(task: Task): Proposal {
  return { task, conflicts: [conflictOf(task, 'TARGET_MISSING', '')], satisfied: false };
}

function proposeCreate(task: Create, before: ConfigurationObject | undefined): Proposal {
  const after = canonical(task.kind, task.value);
  if (sameObject(before, after)) return { task, before, after, conflicts: [], satisfied: true };
  const conflicts = [...differingFields(task, before, after), ...faults(task, before, after)];
  return { task, before, after, conflicts, satisfied: false };
}

/** A create of an id that is live, as after two undos, must not write over it. */
function differingFields(
  task: Create,
  live: ConfigurationObject | undefined,
  mine: ConfigurationObject,
): Conflict[] {
  if (!live) return [];
  return [...new Set([...Object.keys(mine), ...Object.keys(live)])]
    .filter((field) => !sameJson(own(mine, field), own(live, field)))
    .map((field) =>
      conflictOf(task, 'FIELD_CHANGED', pointerTo(field), { mine: own(mine, field), live: own(live, field) }),
    );
}

function proposeUpdate(task: Update, before: ConfigurationObject): Proposal {
  const { value, moved } = applyPatch(before, task.patch, task.seen);
  const satisfied = sameObject(before, value);
  const after = satisfied ? value : canonical(task.kind, descriptors[task.kind].settle(value, before));
  const changed = moved.map(({ path, ...values }) => conflictOf(task, 'FIELD_CHANGED', path, values));
  // What is wrong at a place that live has moved is decided by the resolution of that.
  const covered = (path: Pointer) =>
    moved.some((field) => path === field.path || path.startsWith(`${field.path}/`));
  const invalid = satisfied ? [] : faults(task, before, after).filter(({ path }) => !covered(path));
  return { task, before, after, conflicts: [...changed, ...invalid], satisfied };
}

function proposeDelete(live: LiveView, task: Delete, before: ConfigurationObject): Proposal {
  const unchanged = sameObject(withoutVanished(live, task), before);
  const conflicts = unchanged
    ? []
    : [conflictOf(task, 'DELETE_OF_CHANGED', '', { base: asJson(task.base), live: asJson(before) })];
  return { task, before, conflicts, satisfied: false };
}

/** The object to be deleted without the members that went away with their own target. */
function withoutVanished(live: LiveView, { kind, target, base }: Delete): ConfigurationObject {
  const descriptor = descriptors[kind];
  return descriptor
    .references(target, base)
    .filter(({ to, id }) => !live.exists(to, id))
    .reduce((value, reference) => descriptor.drop(value, reference), canonical(kind, base));
}

/** What is not valid in an object, but for what `before` already has wrong in the same way. */
export function faults(
  task: Pick<Task, 'id' | 'kind' | 'target'>,
  before: ConfigurationObject | undefined,
  after: ConfigurationObject,
): Conflict[] {
  const descriptor = descriptors[task.kind];
  const found = [...descriptor.validate(after), ...(before ? descriptor.validateEdit(before, after) : [])];
  if (found.length === 0) return [];
  const known = before ? descriptor.validate(before) : [];
  return found
    .filter(({ path, message }) => !known.some((old) => old.path === path && old.message === message))
    .map(({ path, message }) =>
      conflictOf(task, 'INVALID', path, {
        fault: message,
        base: before && valueAt(asJson(before), path),
        mine: valueAt(asJson(after), path),
        live: before && valueAt(asJson(before), path),
      }),
    );
}
