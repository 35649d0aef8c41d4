import { type Json, type Pointer } from './json';

export type Kind = 'PLUGIN' | 'WORKSPACE' | 'PROFILE' | 'CONFIG_KEY';
export const kinds: readonly Kind[] = ['PLUGIN', 'WORKSPACE', 'PROFILE', 'CONFIG_KEY'];

export type Id = string;

/** Where an object refers to another: `workspace:<id>#<application>`, `plugin:<id>#<mapping>` or `profile:<id>`. */
export type Place = string;

/** The logical values of one object by field, secrets in clear; a field that is missing or `undefined` is absent. */
export interface ConfigurationObject {
  readonly [field: string]: Json | undefined;
}

/** One object of a unit's configuration. */
export interface ObjectName {
  kind: Kind;
  id: Id;
}

/** What became of one field. A missing `from` or `to` means absent. */
export type Entry = Leaf | SetEntry | ListEntry | MapEntry;
/** A value that is replaced as a whole. */
export interface Leaf {
  leaf: true;
  from?: Json;
  to?: Json;
}
/** Members put in and taken out; sorted, disjoint. */
export interface SetEntry {
  add: string[];
  remove: string[];
}
/** An ordered list without doubles, whole on both sides. */
export interface ListEntry {
  from: Id[];
  to: Id[];
}
/** Entries by own key; never empty. */
export interface MapEntry {
  keys: Record<string, Entry>;
}
/** Entries by field of the descriptor; never empty. */
export type Patch = Record<string, Entry>;

interface Recorded {
  id: Id;
  kind: Kind;
  target: Id;
  /** What the target was called when this was recorded. */
  key: string;
  /** When it was last recorded, ISO 8601 in UTC. */
  at: string;
  /** The user who recorded it last. */
  by: Id;
  /** The last operations that it was recorded by, newest last. */
  operationIds: Id[];
}
export interface Create extends Recorded {
  op: 'CREATE';
  value: ConfigurationObject;
}
export interface Update extends Recorded {
  op: 'UPDATE';
  patch: Patch;
  /** The whole live object as it was at the last edit. Only shown and used to recreate, never compared. */
  seen: ConfigurationObject;
  /** Places that were secret at an earlier edit and are none in `seen`: what the patch keeps of then stays secret. */
  onceSecret?: Pointer[];
}
export interface Delete extends Recorded {
  op: 'DELETE';
  base: ConfigurationObject;
  /** Where the admin agreed to drop the reference to the target. */
  detach: Place[];
}
/** One net change to one object; a file holds at most one for each (kind, target). */
export type Task = Create | Update | Delete;

interface Asked {
  operationId: Id;
  /** Used when the operation needs a new task; folding into a task keeps that task's id. */
  taskId: Id;
  kind: Kind;
  target: Id;
  /** ISO 8601 in UTC. */
  at: string;
  by: Id;
}
/** The value may leave out `position` (the last of its area) and `configuration` (empty) of an application. */
export interface CreateOperation extends Asked {
  op: 'CREATE';
  value: ConfigurationObject;
}
export interface UpdateOperation extends Asked {
  op: 'UPDATE';
  /** The new whole values of the touched fields; a key that holds `undefined` unsets the field. */
  fields: ConfigurationObject;
  /** The object as the caller saw it: what moved since at a touched field is then a conflict. */
  basedOn?: ConfigurationObject;
  /**
   * Unused ids, one for each application in `fields`: taken for applications whose id the workspace does not have.
   * Without them such an id is taken as it is.
   */
  freshIds?: readonly Id[];
}
export interface DeleteOperation extends Asked {
  op: 'DELETE';
  /** Drop the references to the target instead of refusing. */
  detach: boolean;
  /** The object as the caller saw it: any difference to it is then a conflict. */
  basedOn?: ConfigurationObject;
}
/** One thing an admin asked for. */
export type Operation = CreateOperation | UpdateOperation | DeleteOperation;

/** A reference from one object to another; `path` is what is dropped with it. */
export interface Reference {
  place: Place;
  path: Pointer;
  to: Kind;
  id: Id;
}

/** Why a value is not valid; several objects can carry the same message. */
export interface Fault {
  path: Pointer;
  message: string;
}

export type ConflictCode =
  | 'NAME_TAKEN'
  | 'TARGET_MISSING'
  | 'FIELD_CHANGED'
  | 'DELETE_OF_CHANGED'
  | 'REFERENCE_MISSING'
  | 'REFERENCE_GAINED'
  | 'IN_USE'
  | 'DEPENDENCY_REMOVED'
  | 'UNIT_REPLACED'
  | 'INVALID';

/** A reason why one task cannot be applied to the configuration as it is now. Values hold secrets in clear. */
export interface Conflict {
  task: Id;
  kind: Kind;
  target: Id;
  code: ConflictCode;
  path: Pointer;
  /** Missing means absent, here and in the next two. */
  base?: Json;
  mine?: Json;
  live?: Json;
  place?: Place;
  reference?: Reference;
  /** The other objects it is about: who holds the name, who uses the target, what is missing. */
  others?: ObjectName[];
  /** Of INVALID: what is wrong. */
  fault?: string;
  /** It stands only because the tasks in `because` are in conflict. */
  derived?: true;
  /** Tasks that have to do with it; without `derived` they only explain. */
  because?: Id[];
}

/** What becomes of one object: no `before` when it is created, no `after` when it is deleted. */
export interface Change {
  kind: Kind;
  id: Id;
  before?: ConfigurationObject;
  after?: ConfigurationObject;
}
