import { edit } from '../../../src/change/core/recording/edit';
import { evaluate } from '../../../src/change/core/evaluation/evaluate';
import { record } from '../../../src/change/core/recording/record';
import { rematch } from '../../../src/change/core/resolution/rematch';
import { byKind, objectIn, type Slice } from '../../../src/change/core/slice';
import {
  type Change,
  type ConfigurationObject,
  type Conflict,
  type Id,
  type ObjectName,
  type Operation,
  type Task,
} from '../../../src/change/core/task';
import { beginning } from '../../../src/change/core/testing/run';
import { landed } from '../../../src/change/core/testing/world';
import { wholeSlice } from '../../../src/change/core/whole-configuration';

/** What a safe mode is to hold. Its tasks were never written to a file. */
export interface PureSafeMode {
  tasks: readonly Task[];
  /** Of the file. */
  revision: number;
  /** Number of the generation that the tasks were recorded on. */
  generation: number;
}

/** One write for everybody; no changes for an import. */
interface Landing {
  revision: number;
  changes?: readonly Change[];
}

/** What a unit is to be, by the pure core alone on everything there is: no slices, no tables, no files. */
export class PureUnit {
  revision = 1;
  readonly landings: Landing[] = [];
  /** By number; the last is live. */
  private readonly generations: Slice[];

  constructor(configuration: Slice = beginning) {
    this.generations = [configuration];
  }

  /** Another one that goes its own way from here. */
  copy(): PureUnit {
    const copy = new PureUnit();
    copy.revision = this.revision;
    copy.landings.push(...this.landings);
    copy.generations.splice(0, 1, ...this.generations);
    return copy;
  }

  get live(): Slice {
    return this.generations.at(-1)!;
  }

  get generation(): number {
    return this.generations.length - 1;
  }

  isReplaced({ tasks, generation }: PureSafeMode): boolean {
    return tasks.length > 0 && generation !== this.generation;
  }

  /** Of tasks that were recorded before an import none counts. */
  evaluated(safeMode: PureSafeMode) {
    return evaluate(this.live, this.isReplaced(safeMode) ? [] : safeMode.tasks);
  }

  /** Everything that stands against the safe mode. */
  conflicts(safeMode: PureSafeMode): Conflict[] {
    return this.isReplaced(safeMode)
      ? safeMode.tasks.map(({ id, kind, target }) => replaced(id, kind, target))
      : this.evaluated(safeMode).conflicts;
  }

  /** Carries operations out, or answers why not. */
  edit(operations: readonly Operation[], basedOn?: number): Conflict[] | undefined {
    const asked = this.basedOn(operations, basedOn);
    if (asked.refused) return asked.refused;
    const { changes, conflicts } = edit(this.live, asked.operations);
    if (conflicts.length > 0) return conflicts;
    this.land(changes);
    return undefined;
  }

  /** Records operations, or answers why not. */
  record(safeMode: PureSafeMode, operations: readonly Operation[], basedOn?: number): Conflict[] | undefined {
    if (this.isReplaced(safeMode)) return replacedOperation(operations);
    const asked = this.basedOn(operations, basedOn, (name, then) => this.shownThen(safeMode, name, then));
    if (asked.refused) return asked.refused;
    const { tasks, refused } = record(this.live, safeMode.tasks, asked.operations);
    if (refused) return refused;
    safeMode.generation = this.generation;
    this.rewrite(safeMode, tasks);
    return undefined;
  }

  rewrite(safeMode: PureSafeMode, tasks: readonly Task[]): void {
    safeMode.tasks = tasks;
    safeMode.revision += 1;
  }

  rematch(safeMode: PureSafeMode): void {
    const tasks = rematch(this.generations[safeMode.generation]!, this.live, safeMode.tasks);
    safeMode.generation = this.generation;
    this.rewrite(safeMode, tasks);
  }

  /** Changes nothing where there is nothing to change. */
  land(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    this.generations.splice(-1, 1, landed(this.live, changes));
    this.revision += 1;
    this.landings.push({ revision: this.revision, changes });
  }

  replace(configuration: Slice): void {
    this.generations.push(configuration);
    this.revision += 1;
    this.landings.push({ revision: this.revision });
  }

  /** An object as it was at a revision; nothing is told where it is the same since. */
  stateAt(
    revision: number,
    { kind, id }: ObjectName,
  ): { value: ConfigurationObject | undefined } | undefined {
    const change = this.landings
      .filter((landing) => landing.revision > revision)
      .flatMap(({ changes = [] }) => changes)
      .find((changed) => changed.kind === kind && changed.id === id);
    return change && { value: change.before };
  }

  /** What a form that was loaded at a revision means by its operations. */
  private basedOn(
    operations: readonly Operation[],
    revision: number | undefined,
    asShown: AsShown = (_, then) => then,
  ): { operations: readonly Operation[]; refused?: undefined } | { refused: Conflict[] } {
    if (revision === undefined || revision === this.revision) return { operations };
    const since = this.landings.filter((landing) => landing.revision > revision);
    if (since.some(({ changes }) => !changes)) return { refused: replacedOperation(operations) };
    return {
      operations: operations.map((operation) => {
        const name = { kind: operation.kind, id: operation.target };
        const then = this.stateAt(revision, name);
        return then ? filledInOn(operation, asShown(name, then.value)) : operation;
      }),
    };
  }

  /** What the tasks made of an object when only it was as it was then. */
  private shownThen(
    { tasks }: PureSafeMode,
    { kind, id }: ObjectName,
    then: ConfigurationObject | undefined,
  ): ConfigurationObject | undefined {
    const objects = byKind((each) => new Map(this.live.objects[each]));
    if (then) objects[kind].set(id, then);
    else objects[kind].delete(id);
    return objectIn(evaluate(wholeSlice(objects), tasks).overlay, { kind, id }) ?? then;
  }
}

type AsShown = (name: ObjectName, then: ConfigurationObject | undefined) => ConfigurationObject | undefined;

function filledInOn(operation: Operation, seen: ConfigurationObject | undefined): Operation {
  if (operation.op === 'CREATE') return operation;
  if (seen) return { ...operation, basedOn: seen };
  if (operation.op !== 'UPDATE' || operation.kind !== 'CONFIG_KEY') return operation;
  return { ...operation, op: 'CREATE', value: { ...operation.fields, key: operation.target } };
}

const replaced = (task: Id, kind: Conflict['kind'], target: Id): Conflict => ({
  task,
  kind,
  target,
  code: 'UNIT_REPLACED',
  path: '',
});

const replacedOperation = (operations: readonly Operation[]): Conflict[] =>
  operations.slice(0, 1).map(({ kind, target }) => replaced('', kind, target));
