import { type Slice } from './slice';
import { type Change, type Conflict, type Id, type Task } from './task';

/** What tasks make of the live configuration. */
export interface Evaluation {
  /** The slice as it would be; tasks in conflict are left out. */
  overlay: Slice;
  /** Live against overlay, one for each object that differs, moved and detached ones included. */
  changes: Change[];
  /** All of them, direct ones first. */
  conflicts: Conflict[];
  /** Tasks that have nothing to write, because live already is as they want it. */
  satisfied: Set<Id>;
}

/** The new tasks of the file, or why nothing was recorded. */
export type Recording = { tasks: Task[]; refused?: undefined } | { refused: Conflict[]; tasks?: undefined };

/** As `Recording`, with what the new tasks come to. */
export type Recorded =
  { tasks: Task[]; evaluation: Evaluation; refused?: undefined } | { refused: Conflict[]; tasks?: undefined };

/** A direct edit: what to write, or why nothing may be written. Conflicts and no changes, changes or neither. */
export interface Edit {
  changes: Change[];
  conflicts: Conflict[];
}

export type DependentsMode = 'REFUSE' | 'CASCADE' | 'DETACH';
/** The file without the task, or the tasks that depend on it and stand in the way. */
export type Removal =
  | { tasks: Task[]; removed: Id[]; dependents?: undefined }
  | { dependents: Id[]; tasks?: undefined; removed?: undefined };

export type Resolution = 'MINE' | 'THEIRS' | 'VALUE' | 'RECREATE' | 'DETACH' | 'REMATCH';
