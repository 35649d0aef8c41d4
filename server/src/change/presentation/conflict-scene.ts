import { descriptors } from '../../configuration/descriptors';
import { TaskIndex } from '../core/evaluation/judge';
import { type Pointer } from '../core/json';
import { liveView, type LiveView } from '../core/live-view';
import { secretsOf } from '../core/once-secret';
import { objectIn, type Slice } from '../core/slice';
import {
  type ConfigurationObject,
  type Conflict,
  type ObjectName,
  type Operation,
  type Task,
} from '../core/task';
import { taskSides } from './task-changes';

/** What stands around conflicts: the live slice, the tasks of the file, and what was asked for on top of them. */
export class ConflictScene {
  private readonly live: LiveView;
  private readonly tasks: TaskIndex;

  constructor(
    slice: Slice,
    tasks: readonly Task[],
    private readonly operations: readonly Operation[] = [],
  ) {
    this.live = liveView(slice);
    this.tasks = new TaskIndex(tasks);
  }

  liveState(object: ObjectName): ConfigurationObject | undefined {
    return objectIn(this.live.slice, object);
  }

  /** All that is known of an object: as it is live, as its task saw and wants it, as it was asked for. */
  states(object: ObjectName): ConfigurationObject[] {
    const live = this.liveState(object);
    const task = this.tasks.of(object);
    const asked = this.operations.filter(({ kind, target }) => kind === object.kind && target === object.id);
    const states = [
      live,
      ...(task ? statesOfTask(task) : []),
      ...asked.flatMap((operation) => askedStates(operation, live)),
    ];
    return states.filter((state) => state !== undefined);
  }

  /** Places of an object that were secret when its task was recorded, and may be none in any of its states. */
  onceSecret(object: ObjectName): Pointer[] {
    const task = this.tasks.of(object);
    return task?.op === 'UPDATE' ? secretsOf(task) : [];
  }

  /**
   * Whether the other object stands in the way only as the file makes it: it gets the name there, or is removed there,
   * while live is as the conflict's task needs it.
   */
  isOfSafeMode(conflict: Conflict): boolean {
    const { code, others = [] } = conflict;
    if (code === 'NAME_TAKEN') {
      return others.every((other) => this.tasks.of(other) && !this.holdsLive(conflict, other));
    }
    return (
      code === 'REFERENCE_MISSING' &&
      others.every((other) => this.tasks.of(other)?.op === 'DELETE' && this.live.exists(other.kind, other.id))
    );
  }

  /** The object whose live change brought the conflict about; `undefined` where none did. */
  changedObject(conflict: Conflict): ObjectName | undefined {
    const { code, kind, target, others = [], derived } = conflict;
    if (derived || this.isOfSafeMode(conflict)) return undefined;
    switch (code) {
      case 'NAME_TAKEN':
        return others.find((other) => this.holdsLive(conflict, other));
      case 'REFERENCE_MISSING':
        return others.find((other) => !this.live.exists(other.kind, other.id));
      case 'REFERENCE_GAINED':
        return others[0];
      case 'IN_USE':
      case 'DEPENDENCY_REMOVED':
      case 'UNIT_REPLACED':
        return undefined;
      case 'TARGET_MISSING':
      case 'FIELD_CHANGED':
      case 'DELETE_OF_CHANGED':
      case 'INVALID':
        return { kind, id: target };
    }
  }

  /** Whether the other object has the conflict's name live. */
  private holdsLive({ kind, mine }: Conflict, other: ObjectName): boolean {
    const descriptor = descriptors[kind];
    const value = this.liveState(other);
    return value !== undefined && descriptor.keyOf(value) === descriptor.keyOf({ [descriptor.key]: mine });
  }
}

function statesOfTask(task: Task): (ConfigurationObject | undefined)[] {
  const { before, after } = taskSides(task);
  return [task.op === 'UPDATE' ? task.seen : undefined, before, after];
}

function askedStates(
  operation: Operation,
  live: ConfigurationObject | undefined,
): (ConfigurationObject | undefined)[] {
  switch (operation.op) {
    case 'CREATE':
      return [operation.value];
    case 'UPDATE':
      return [operation.basedOn, { ...live, ...operation.fields }];
    case 'DELETE':
      return [operation.basedOn];
  }
}
