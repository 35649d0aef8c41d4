import { descriptors } from '../../configuration/descriptors';
import { isLeaf } from './fields/entry';
import { own } from './json';
import { overwritePatch } from './fields/patch';
import { holderOf } from './live-view';
import { recordedValue } from './resolution/rematch';
import {
  byKind,
  emptySlice,
  extendSlice,
  objectsIn,
  type Loaded,
  type Slice,
  type SliceRequest,
} from './slice';
import {
  type ConfigurationObject,
  type Id,
  type Kind,
  kinds,
  type Operation,
  type Task,
  type Update,
} from './task';

/**
 * What has to be loaded before the tasks can be evaluated and the operations recorded, or `undefined` when the slice
 * holds it all. One round is enough for given tasks and operations.
 */
export function nextRequest(
  slice: Slice,
  tasks: readonly Task[],
  operations: readonly Operation[] = [],
): SliceRequest | undefined {
  const needs = new Needs();
  tasks.forEach((task) => needs.ofTask(task));
  operations.forEach((operation) => needs.ofOperation(operation));
  return needs.missingIn(slice);
}

/** Asks for what the tasks and operations need until nothing is missing. `load` answers one request. */
export async function loadSlice(
  load: (request: SliceRequest) => Promise<Loaded>,
  tasks: readonly Task[],
  operations: readonly Operation[] = [],
  from: Slice = emptySlice(),
): Promise<Slice> {
  let slice = from;
  for (;;) {
    const request = nextRequest(slice, tasks, operations);
    if (!request) return slice;
    slice = extendSlice(slice, request, await load(request));
  }
}

/**
 * What has to be loaded to find targets and references again after the unit was replaced; see `rematch`. First for the
 * generation that the tasks were recorded on, without `before`; then for the present one, with it.
 */
export function rematchRequest(
  slice: Slice,
  tasks: readonly Task[],
  before?: Slice,
): SliceRequest | undefined {
  const needs = new Needs();
  tasks.forEach((task) => needs.ofRematch(task));
  if (before) needs.ofKeysIn(before, tasks);
  return needs.missingIn(slice);
}

class Needs {
  readonly objects = byKind(() => new Set<Id>());
  readonly existing = byKind(() => new Set<Id>());
  readonly keys = byKind(() => new Set<string>());
  readonly referrersOf = byKind(() => new Set<Id>());

  ofTask(task: Task): void {
    this.objects[task.kind].add(task.target);
    if (task.op === 'CREATE') this.ofValue(task.kind, task.target, task.value);
    if (task.op === 'UPDATE') this.ofUpdate(task);
    if (task.op === 'DELETE') this.ofDelete(task.kind, task.target, task.base);
  }

  ofOperation(operation: Operation): void {
    const { kind, target, op } = operation;
    this.objects[kind].add(target);
    if (op === 'CREATE') this.ofValue(kind, target, operation.value);
    if (op === 'UPDATE') this.ofValue(kind, target, operation.fields);
    if (op === 'DELETE') this.ofDelete(kind, target, {});
  }

  ofRematch(task: Task): void {
    const { kind, target } = task;
    this.objects[kind].add(target);
    for (const { to, id } of descriptors[kind].references(target, recordedValue(task)))
      this.objects[to].add(id);
    if (task.op === 'DELETE')
      for (const place of task.detach) this.objects[holderOf(place).kind].add(holderOf(place).id);
    if (task.op !== 'UPDATE') return;
    const mine = mineOf(task);
    for (const { to, id } of descriptors[kind].references(target, mine)) this.objects[to].add(id);
  }

  ofKeysIn(before: Slice, tasks: readonly Task[]): void {
    const recorded = tasks.map((task) => ({ kind: task.kind, value: recordedValue(task) }));
    for (const { kind, value } of [...objectsIn(before), ...recorded]) {
      // A config key is its own id.
      const key = kind === 'CONFIG_KEY' ? undefined : descriptors[kind].keyOf(value);
      if (key !== undefined) this.keys[kind].add(key);
    }
  }

  missingIn({ asked }: Slice): SliceRequest | undefined {
    const missing = <T extends string>(wanted: ReadonlySet<T>, ...known: ReadonlySet<string>[]) =>
      [...wanted].filter((item) => !known.some((set) => set.has(item))).sort();
    const request: SliceRequest = {
      objects: byKind((kind) => missing(this.objects[kind], asked.objects[kind])),
      existing: byKind((kind) =>
        missing(this.existing[kind], asked.existing[kind], asked.objects[kind], this.objects[kind]),
      ),
      keys: byKind((kind) => missing(this.keys[kind], asked.keys[kind])),
      referrersOf: byKind((kind) => missing(this.referrersOf[kind], asked.referrersOf[kind])),
    };
    const nothing = (Object.keys(request) as (keyof SliceRequest)[]).every((part) =>
      kinds.every((kind) => request[part][kind].length === 0),
    );
    return nothing ? undefined : request;
  }

  // The whole object as it would be, for it may have to be created again.
  private ofUpdate(task: Update): void {
    const { kind, target, patch, seen } = task;
    if (descriptors[kind].refersTo.length > 0) this.ofReferences(kind, target, mineOf(task));
    const key = own(patch, descriptors[kind].key);
    if (isLeaf(key)) this.ofKey(kind, { [descriptors[kind].key]: key.to });
    this.ofKey(kind, seen);
  }

  private ofDelete(kind: Kind, target: Id, base: ConfigurationObject): void {
    this.referrersOf[kind].add(target);
    // A member that live lost only because its own target is gone does not count as a change.
    this.ofReferences(kind, target, base);
  }

  private ofValue(kind: Kind, target: Id, value: ConfigurationObject): void {
    this.ofReferences(kind, target, value);
    this.ofKey(kind, value);
  }

  private ofReferences(kind: Kind, target: Id, value: ConfigurationObject): void {
    for (const { to, id } of descriptors[kind].references(target, value)) this.existing[to].add(id);
  }

  private ofKey(kind: Kind, value: ConfigurationObject): void {
    const descriptor = descriptors[kind];
    const key = descriptor.unique ? descriptor.keyOf(value) : undefined;
    if (key !== undefined) this.keys[kind].add(key);
  }
}

/** One recording asks for the same tasks several times; a task is never changed. */
const known = new WeakMap<Update, ConfigurationObject>();

/** The object as it was seen with the task's values written over it. */
function mineOf(task: Update): ConfigurationObject {
  const mine = known.get(task) ?? overwritePatch(task.seen, task.patch);
  known.set(task, mine);
  return mine;
}
