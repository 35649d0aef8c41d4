import { In } from 'typeorm';
import { UserEntity } from '../../access/user.entity';
import { type ContentStore } from '../../configuration/content.store';
import { descriptors } from '../../configuration/descriptors';
import { BadUserInput, NotFound, Refusal } from '../../refusal';
import { type Db } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { type ChangeLogStore, type LastChange } from '../log/change-log.store';
import { conflictFacts } from './conflict-facts';
import { conflictMessage } from './conflict-message';
import { ConflictScene } from './conflict-scene';
import { shownValues } from './conflict-values';
import { type Json, type Pointer, pointerNames } from '../core/json';
import { type Resolution } from '../core/outcome';
import { resolutionsOf } from '../core/resolution/resolve';
import { type Slice } from '../core/slice';
import {
  type ConfigurationObject,
  type Conflict,
  type ConflictCode,
  type Id,
  type Kind,
  kinds,
  type ObjectName,
  type Operation,
  type Task,
} from '../core/task';
import { taskName } from './task-summary';
import { kindWords } from './words';

/** An object that a conflict names. */
export interface NamedObject {
  type: Kind;
  id: Id;
  name: string;
}

/** A conflict as the API shows it: secrets masked, people and objects by name. */
export interface ConflictView {
  /** Changes with the live value, so that a resolution can only answer what its owner has seen. */
  id: string;
  /** The task of a safe mode; null for what was only asked for. */
  taskId: Id | null;
  code: ConflictCode;
  message: string;
  path: Pointer;
  base: Json | null;
  mine: Json | null;
  live: Json | null;
  masked: boolean;
  liveChangedBy: { id: Id; name: string } | null;
  liveChangedAt: Date | null;
  referrers: NamedObject[];
  resolutions: Resolution[];
  derived: boolean;
  because: Id[];
}

/** What conflicts of an edit, or of recording one, are refused with. */
export class Conflicted extends Refusal {
  constructor(conflicts: ConflictView[]) {
    super('CONFLICT', conflicts.map(({ message }) => message).join(' '), { conflicts });
  }
}

/** A change that landed, with who made it. */
interface LiveChange extends LastChange {
  by: { id: Id; name: string } | null;
}

/** Where conflicts stand. */
interface UnitPlace {
  id: Id;
  generationId: Id;
}

/** Puts conflicts into words, for direct edits and for safe modes. */
export class ConflictPresenter {
  constructor(
    private readonly content: ContentStore,
    private readonly log: ChangeLogStore,
    private readonly sealer: Sealer,
  ) {}

  /**
   * The refusal of an edit, or of recording it: faults of the input as `BAD_USER_INPUT`, an object that is not there as
   * `NOT_FOUND` unless the caller had seen it, everything else as `CONFLICT` with all conflicts.
   *
   * @param known tasks that the file already holds: their conflicts, and no others, carry a task's id
   */
  async refusal(
    db: Db,
    unit: UnitPlace,
    slice: Slice,
    operations: readonly Operation[],
    conflicts: readonly Conflict[],
    known: readonly Task[] = [],
  ): Promise<Refusal> {
    const isAsked = ({ kind, target }: Conflict) =>
      operations.some((operation) => operation.kind === kind && operation.target === target);
    const faults = conflicts.filter((conflict) => conflict.code === 'INVALID' && isAsked(conflict));
    if (faults.length > 0) {
      return new BadUserInput(
        faults.map(({ path, fault }) => ({ path: inputPath(path), message: fault ?? 'is not valid' })),
      );
    }
    const knownIds = new Set(known.map(({ id }) => id));
    const missing = conflicts.find(({ code, task }) => code === 'TARGET_MISSING' && !knownIds.has(task));
    const seen = operations.some((operation) => 'basedOn' in operation && operation.basedOn);
    if (missing && !seen) return new NotFound(kindWords[missing.kind]);

    const scene = new ConflictScene(slice, known, operations);
    const views = await this.described(db, unit, scene, conflicts);
    return new Conflicted(views.map((view, index) => this.asRefused(view, conflicts[index]!, knownIds)));
  }

  /** The refusal of an edit whose form was loaded before a backup was imported. */
  unitReplaced(operations: readonly Operation[]): Refusal {
    return new Conflicted(
      operations.slice(0, 1).map(({ kind, target }) => {
        const conflict: Conflict = { task: '', kind, target, code: 'UNIT_REPLACED', path: '' };
        const message = conflictMessage(conflict, { nameOf: () => undefined });
        return { ...this.plainView(conflict), taskId: null, message };
      }),
    );
  }

  /**
   * The conflicts of a safe mode's tasks as the API shows them: direct ones, then derived ones, both in the order of
   * the tasks. `slice` is what the tasks were evaluated on.
   */
  async views(
    db: Db,
    unit: UnitPlace,
    slice: Slice,
    tasks: readonly Task[],
    conflicts: readonly Conflict[],
  ): Promise<ConflictView[]> {
    const order = new Map(tasks.map(({ id }, index) => [id, index]));
    const rank = ({ derived, task }: Conflict) =>
      (derived ? tasks.length : 0) + (order.get(task) ?? tasks.length);
    const sorted = [...conflicts].sort((a, b) => rank(a) - rank(b));
    const views = await this.described(db, unit, new ConflictScene(slice, tasks), sorted);
    return views.map((view, index) => {
      const task = tasks[order.get(sorted[index]!.task) ?? -1];
      return task ? { ...view, resolutions: resolutionsOf(sorted[index]!, task) } : view;
    });
  }

  /** One `UNIT_REPLACED` for each task, of a file that was recorded before a backup was imported. */
  replacedViews(tasks: readonly Task[]): ConflictView[] {
    return tasks.map((task) => {
      const { id, kind, target } = task;
      const conflict: Conflict = { task: id, kind, target, code: 'UNIT_REPLACED', path: '' };
      const message = conflictMessage(conflict, { nameOf: () => taskName(task) });
      return { ...this.plainView(conflict), message, resolutions: resolutionsOf(conflict, task) };
    });
  }

  /**
   * The id that a conflict has in its view. It depends on everything that a resolution answers, and on the server key:
   * nobody can find out a secret by trying which value gives the id.
   */
  idOf(conflict: Conflict): string {
    return this.sealer.fingerprint(conflictFacts(conflict));
  }

  private async described(
    db: Db,
    unit: UnitPlace,
    scene: ConflictScene,
    conflicts: readonly Conflict[],
  ): Promise<ConflictView[]> {
    const involved = involvedIn(conflicts);
    const unread = involved.filter((object) => scene.liveState(object) === undefined);
    const live = await this.liveObjects(db, unit.generationId, unread);
    const changes = await this.lastChanges(db, unit.id, involved);
    const nameOf = (object: ObjectName) =>
      nameIn(object.kind, [live.get(objectKey(object)), ...scene.states(object)]) ??
      changes.get(objectKey(object))?.objectName;
    return conflicts.map((conflict) => {
      const changed = scene.changedObject(conflict);
      const change = changed && changes.get(objectKey(changed));
      const target = { kind: conflict.kind, id: conflict.target };
      return {
        ...this.plainView(conflict),
        ...shownValues(conflict, scene.states(target), scene.onceSecret(target)),
        message: conflictMessage(conflict, {
          nameOf,
          inSafeMode: scene.isOfSafeMode(conflict),
          cause: change?.cause,
        }),
        liveChangedBy: change?.by ?? null,
        liveChangedAt: change?.at ?? null,
        referrers: (conflict.others ?? []).map(({ kind, id }) => ({
          type: kind,
          id,
          name: nameOf({ kind, id }) ?? id,
        })),
      };
    });
  }

  /** What was only asked for has no task yet, and no resolution but to ask for it in another way. */
  private asRefused(view: ConflictView, conflict: Conflict, knownIds: ReadonlySet<Id>): ConflictView {
    const because = view.because.filter((id) => knownIds.has(id));
    const resolutions: Resolution[] = view.code === 'IN_USE' ? ['DETACH'] : [];
    if (knownIds.has(conflict.task)) return { ...view, because, resolutions };
    // The task's id is a new one with every request.
    return { ...view, id: this.idOf({ ...conflict, task: '' }), taskId: null, because, resolutions };
  }

  private plainView(conflict: Conflict): Omit<ConflictView, 'message'> {
    return {
      id: this.idOf(conflict),
      taskId: conflict.task,
      code: conflict.code,
      path: conflict.path,
      base: null,
      mine: null,
      live: null,
      masked: false,
      liveChangedBy: null,
      liveChangedAt: null,
      referrers: [],
      resolutions: [],
      derived: conflict.derived ?? false,
      because: conflict.because ?? [],
    };
  }

  private async liveObjects(
    db: Db,
    generationId: Id,
    objects: readonly ObjectName[],
  ): Promise<Map<string, ConfigurationObject>> {
    const found = new Map<string, ConfigurationObject>();
    for (const kind of kinds) {
      const loaded = await this.content.objects(db, generationId, kind, idsOf(kind, objects));
      for (const [id, value] of loaded) found.set(objectKey({ kind, id }), value);
    }
    return found;
  }

  private async lastChanges(
    db: Db,
    unitId: Id,
    objects: readonly ObjectName[],
  ): Promise<Map<string, LiveChange>> {
    const found = new Map<string, LastChange>();
    for (const kind of kinds) {
      const changes = await this.log.lastChanges(db, unitId, kind, idsOf(kind, objects));
      for (const [id, change] of changes) found.set(objectKey({ kind, id }), change);
    }
    const userIds = new Set([...found.values()].flatMap(({ byUserId }) => byUserId ?? []));
    const users = await db.manager.find(UserEntity, {
      select: { id: true, name: true },
      where: { id: In([...userIds]) },
    });
    const people = new Map(users.map(({ id, name }) => [id, { id, name }]));
    return new Map(
      [...found].map(([key, change]) => [key, { ...change, by: people.get(change.byUserId ?? '') ?? null }]),
    );
  }
}

/** Every object that the conflicts are about, once. */
function involvedIn(conflicts: readonly Conflict[]): ObjectName[] {
  const named = conflicts.flatMap(({ kind, target, others = [] }) => [{ kind, id: target }, ...others]);
  return [...new Map(named.map((object) => [objectKey(object), object])).values()];
}

const idsOf = (kind: Kind, objects: readonly ObjectName[]): Id[] =>
  objects.filter((object) => object.kind === kind).map(({ id }) => id);

/** The first name that one of the states gives. */
function nameIn(kind: Kind, states: readonly (ConfigurationObject | undefined)[]): string | undefined {
  return states
    .map((state): unknown => state && descriptors[kind].displayName(state))
    .find((name) => typeof name === 'string');
}

const objectKey = ({ kind, id }: ObjectName) => `${kind} ${id}`;

/** `/configuration/url` is `input.configuration.url` in what the caller sent. */
const inputPath = (path: Pointer): string => ['input', ...pointerNames(path)].join('.');
