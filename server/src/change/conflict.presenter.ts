import { createHash } from 'node:crypto';
import { In } from 'typeorm';
import { UserEntity } from '../access/user.entity';
import { type ContentStore } from '../configuration/content.store';
import { descriptors } from '../configuration/descriptors';
import { BadUserInput, NotFound, Refusal } from '../refusal';
import { type Db } from '../storage/database';
import { type ChangeLogStore } from './change-log.store';
import { conflictMessage } from './conflict-message';
import { type Json, type Pointer, pointerNames } from './json';
import { type Slice } from './slice';
import {
  type ConfigurationObject,
  type Conflict,
  type ConflictCode,
  type Id,
  type Kind,
  kinds,
  type ObjectName,
  type Operation,
} from './task';

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
  /** The task of a safe mode; null for a direct edit. */
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
  resolutions: string[];
  derived: boolean;
  because: Id[];
}

/** What conflicts of a direct edit are refused with. */
export class Conflicted extends Refusal {
  constructor(conflicts: ConflictView[]) {
    super('CONFLICT', conflicts.map(({ message }) => message).join(' '), { conflicts });
  }
}

/** Puts the conflicts of direct edits into words. */
export class ConflictPresenter {
  constructor(
    private readonly content: ContentStore,
    private readonly log: ChangeLogStore,
  ) {}

  /**
   * The refusal of a direct edit: faults of the input as `BAD_USER_INPUT`, an object that is not there as `NOT_FOUND`
   * unless the caller had seen it, everything else as `CONFLICT` with all conflicts.
   */
  async refusal(
    db: Db,
    unit: { id: Id; generationId: Id },
    slice: Slice,
    operations: readonly Operation[],
    conflicts: readonly Conflict[],
  ): Promise<Refusal> {
    const faults = conflicts.filter(({ code }) => code === 'INVALID');
    if (faults.length > 0) {
      return new BadUserInput(
        faults.map(({ path, fault }) => ({ path: inputPath(path), message: fault ?? 'is not valid' })),
      );
    }
    const missing = conflicts.find(({ code }) => code === 'TARGET_MISSING');
    const seen = operations.some((operation) => 'basedOn' in operation && operation.basedOn);
    if (missing && !seen) return new NotFound(kindNames[missing.kind]);
    return new Conflicted(await this.views(db, unit, slice, operations, conflicts));
  }

  /** The refusal of an edit whose form was loaded before a backup was imported. */
  unitReplaced(operations: readonly Operation[]): Refusal {
    return new Conflicted(
      operations.slice(0, 1).map(({ kind, target, taskId }) => {
        const conflict: Conflict = { task: taskId, kind, target, code: 'UNIT_REPLACED', path: '' };
        return { ...emptyView(conflict), message: conflictMessage(conflict, () => target) };
      }),
    );
  }

  private async views(
    db: Db,
    unit: { id: Id; generationId: Id },
    slice: Slice,
    operations: readonly Operation[],
    conflicts: readonly Conflict[],
  ): Promise<ConflictView[]> {
    const nameOf = await this.names(db, unit.generationId, operations, conflicts);
    const changed = await this.lastChanges(db, unit.id, conflicts);
    return conflicts.map((conflict) => ({
      ...emptyView(conflict),
      ...shownValues(conflict, slice),
      ...(changed.get(objectKey(conflict.kind, conflict.target)) ?? {}),
      message: conflictMessage(conflict, nameOf),
      referrers: (conflict.others ?? []).map(({ kind, id }) => ({
        type: kind,
        id,
        name: nameOf({ kind, id }),
      })),
      resolutions: conflict.code === 'IN_USE' ? ['DETACH'] : [],
    }));
  }

  private async names(
    db: Db,
    generationId: Id,
    operations: readonly Operation[],
    conflicts: readonly Conflict[],
  ): Promise<(object: ObjectName) => string> {
    const named = conflicts.flatMap(({ kind, target, others = [] }) => [{ kind, id: target }, ...others]);
    const names = new Map<string, string>();
    for (const kind of kinds) {
      const ids = [...new Set(named.filter((object) => object.kind === kind).map(({ id }) => id))];
      const loaded = await this.content.objects(db, generationId, kind, ids);
      for (const id of ids) {
        const value = loaded.get(id) ?? newValue(operations, { kind, id });
        names.set(objectKey(kind, id), value ? descriptors[kind].displayName(value) : id);
      }
    }
    return ({ kind, id }) => names.get(objectKey(kind, id)) ?? id;
  }

  private async lastChanges(
    db: Db,
    unitId: Id,
    conflicts: readonly Conflict[],
  ): Promise<Map<string, Pick<ConflictView, 'liveChangedBy' | 'liveChangedAt'>>> {
    const found = new Map<string, Pick<ConflictView, 'liveChangedBy' | 'liveChangedAt'>>();
    for (const kind of kinds) {
      const ids = conflicts.filter((conflict) => conflict.kind === kind).map(({ target }) => target);
      const changes = await this.log.lastChanges(db, unitId, kind, ids);
      const userIds = [...changes.values()].flatMap(({ byUserId }) => byUserId ?? []);
      const users = userIds.length === 0 ? [] : await db.manager.findBy(UserEntity, { id: In(userIds) });
      for (const [id, { byUserId, at }] of changes) {
        const user = users.find((one) => one.id === byUserId);
        found.set(objectKey(kind, id), {
          liveChangedBy: user ? { id: user.id, name: user.name } : null,
          liveChangedAt: at,
        });
      }
    }
    return found;
  }
}

const kindNames: Record<Kind, string> = {
  PLUGIN: 'plugin',
  WORKSPACE: 'workspace',
  PROFILE: 'profile',
  CONFIG_KEY: 'config key',
};

/** What an object that is not there yet is to be. */
function newValue(
  operations: readonly Operation[],
  { kind, id }: ObjectName,
): ConfigurationObject | undefined {
  const creation = operations.find((one) => one.op === 'CREATE' && one.kind === kind && one.target === id);
  return creation?.op === 'CREATE' ? creation.value : undefined;
}

const objectKey = (kind: Kind, id: Id) => `${kind} ${id}`;

/** `/configuration/url` is `input.configuration.url` in what the caller sent. */
const inputPath = (path: Pointer): string => ['input', ...pointerNames(path)].join('.');

function emptyView({ kind, target, code, path, live, derived }: Conflict): Omit<ConflictView, 'message'> {
  const facts = JSON.stringify([kind, target, code, path, live]);
  return {
    id: createHash('sha256').update(facts).digest('base64url').slice(0, 22),
    taskId: null,
    code,
    path,
    base: null,
    mine: null,
    live: null,
    masked: false,
    liveChangedBy: null,
    liveChangedAt: null,
    referrers: [],
    resolutions: [],
    derived: derived ?? false,
    because: [],
  };
}

/** The three values, unless one of them is or holds a secret. */
function shownValues(
  { kind, target, path, base, mine, live }: Conflict,
  slice: Slice,
): Pick<ConflictView, 'base' | 'mine' | 'live' | 'masked'> {
  const value = slice.objects[kind].get(target);
  const secrets = value ? descriptors[kind].secrets(value) : [];
  const masked = secrets.some((secret) => path === secret || inside(path, secret) || inside(secret, path));
  if (masked) return { base: null, mine: null, live: null, masked };
  return { base: base ?? null, mine: mine ?? null, live: live ?? null, masked };
}

const inside = (path: Pointer, parent: Pointer): boolean => path.startsWith(`${parent}/`);
