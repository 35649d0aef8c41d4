import { v7 as uuid } from 'uuid';
import { type Actor } from '../access/actor';
import { type Clock } from '../access/clock';
import { OperationEntity } from '../change/operation.entity';
import { mustBeOperationId, mustBeSameMutation } from '../change/operation-id';
import { type Id, type Task } from '../change/core/task';
import { LimitReached, NotFound } from '../refusal';
import { certainWrite } from '../storage/certain-write';
import { type Database, type Db } from '../storage/database';
import { isAdminNow, mustBeAdminNow } from '../unit/admin-now';
import { lockUnitRow } from '../unit/last-admin';
import { UnitEntity } from '../unit/unit.entity';
import { type ActiveSafeModeService } from './presence/active-safe-mode.service';
import { type EndingService } from './ending/ending.service';
import { mustOwn } from './ownership';
import { type SafeModeLimits } from './limits';
import { type PresenceService } from './presence/presence.service';
import { closed } from './request-safe-mode.service';
import { type SafeModeStatus } from './safe-mode.entity';
import { type SafeModeFiles } from './file/safe-mode-files.service';
import { generatedName, safeModeName } from './safe-mode-name';
import { NotOwner } from './safe-mode-refusals';
import { type SafeMode, type SafeModeStore } from './safe-mode.store';

const startMutation = 'startSafeMode';

/**
 * However much it was, it can be taken back: one task may have touched more objects than a safe mode holds tasks, and the
 * undo has one for each. From then on these may only become less.
 */
const whatWasApplied = { taskCount: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

/** What a safe mode begins with. */
export interface Beginning {
  unitId: Id;
  /** As it is stored. */
  name: string;
  tasks: Task[];
  /** Generation that the tasks belong to. */
  generationId: Id;
  undoesId?: Id;
}

/** What belongs to the transaction that begins a safe mode. */
interface Companions {
  /** Asked before anything is written: answering true, nothing is made. */
  unless?: (db: Db) => Promise<boolean>;
  /** After the row. */
  also?: (db: Db, safeMode: SafeMode) => Promise<void>;
}

/** Safe modes from their start to their end, without what is recorded in them. */
export class SafeModeService {
  constructor(
    private readonly database: Database,
    private readonly safeModes: SafeModeStore,
    private readonly files: SafeModeFiles,
    private readonly active: ActiveSafeModeService,
    private readonly ending: EndingService,
    private readonly presences: PresenceService,
    private readonly limits: Pick<SafeModeLimits, 'open'>,
    private readonly now: Clock,
  ) {}

  /** Throws `NotFound`. */
  async find(id: Id): Promise<SafeMode> {
    const safeMode = await this.database.read((db) => this.safeModes.find(db, id));
    if (!safeMode) throw new NotFound('safe mode');
    return safeMode;
  }

  /** Newest first: open ones by their start, closed ones by their end; those from before a time. */
  list(unitId: Id, status: SafeModeStatus, first: number, before?: Date): Promise<SafeMode[]> {
    return this.database.read((db) => this.safeModes.list(db, unitId, status, first, before));
  }

  /** The safe modes whose applying made these revisions of the unit. */
  appliedAt(unitId: Id, revisions: readonly number[]): Promise<Map<number, SafeMode>> {
    return this.database.read((db) => this.safeModes.appliedAt(db, unitId, revisions));
  }

  /**
   * Begins an empty safe mode and enters it. A resend of the same operation answers the first one. Throws
   * `BAD_USER_INPUT`, `LIMIT_REACHED`.
   */
  async start(
    actor: Actor,
    asked: { unitId: Id; name?: string | null; operationId?: string | null },
  ): Promise<SafeMode> {
    const { unitId, operationId } = asked;
    mustBeOperationId(operationId);
    const name = asked.name?.trim()
      ? safeModeName(asked.name, 'input.name')
      : generatedName(actor.name, this.now());
    const earlier = operationId && (await this.earlier(actor, unitId, operationId));
    if (earlier) return earlier;
    const { liveGenerationId: generationId } = await this.unit(unitId);
    const started = await this.begin(
      actor,
      { unitId, name, tasks: [], generationId },
      {
        unless: async (db) =>
          !!operationId && (await rememberedStart(db, actor, unitId, operationId)) !== undefined,
        also: async (db, safeMode) => {
          if (operationId) await rememberStart(db, actor, safeMode, operationId);
          await this.active.enterIn(db, actor, safeMode);
        },
      },
    );
    this.presences.changed(unitId);
    return started ?? (await this.earlier(actor, unitId, operationId!))!;
  }

  /**
   * Makes a safe mode with its first file, unless its companions know better. Throws `LIMIT_REACHED`, for an undo only
   * where too many are open.
   */
  async begin(
    { userId }: Actor,
    { unitId, name, tasks, generationId, undoesId }: Beginning,
    { unless, also }: Companions = {},
  ): Promise<SafeMode | undefined> {
    const [id, at, revision] = [uuid(), this.now(), 1];
    const file = { safeModeId: id, unitId, revision, generationId, tasks, operations: [] };
    const point = async (db: Db, pointer: Pick<SafeMode, 'objectKey' | 'sha256' | 'bytes'>) => {
      const safeMode: SafeMode = {
        ...{ id, unitId, name, revision, generationId, ...pointer },
        ownerId: userId,
        status: 'OPEN',
        taskCount: tasks.length,
        createdAt: at,
        updatedAt: at,
        closedAt: null,
        closedBy: null,
        appliedRevision: null,
        undoesId: undoesId ?? null,
      };
      // Before the count, so that two who begin at once count each other.
      await lockUnitRow(db, unitId);
      if (await unless?.(db)) return undefined;
      await this.mustHaveRoom(db, unitId);
      await this.safeModes.insert(db, safeMode);
      await also?.(db, safeMode);
      return safeMode;
    };
    return this.files.store(file, point, undoesId === undefined ? undefined : whatWasApplied);
  }

  /** Only the owner. The revision stays. Throws `NOT_OWNER`, `SAFE_MODE_CLOSED`, `BAD_USER_INPUT`. */
  async rename(actor: Actor, id: Id, asked: string): Promise<SafeMode> {
    const name = safeModeName(asked, 'name');
    const safeMode = await this.files.open(id);
    mustOwn(actor, safeMode);
    const renamed = await this.database.transaction((db) => this.safeModes.rename(db, id, name));
    if (!renamed) await this.files.open(id);
    this.presences.changed(safeMode.unitId);
    return this.find(id);
  }

  /**
   * Throws all changes away. For the owner, and for any admin once the owner is none any more. What was deleted before
   * stays so; what was applied is refused with `SAFE_MODE_CLOSED`. Throws `NOT_OWNER`, `FORBIDDEN`.
   */
  async discard(actor: Actor, id: Id): Promise<void> {
    const discarded = await certainWrite(
      this.database,
      (db) => this.discardIn(db, actor, id),
      async (db, ended) => ended === undefined || this.ending.isEnded(db, ended),
    );
    if (discarded) await this.ending.finish(discarded);
  }

  /** Answers nothing where it was done before. */
  private async discardIn(db: Db, actor: Actor, id: Id): Promise<SafeMode | undefined> {
    const safeMode = await this.safeModes.hold(db, id);
    if (!safeMode) throw new NotFound('safe mode');
    const { unitId, ownerId, status } = safeMode;
    const { userId } = actor;
    await mustBeAdminNow(db, unitId, actor);
    if (ownerId !== userId && (await isAdminNow(db, unitId, ownerId))) throw new NotOwner();
    if (status === 'DISCARDED') return undefined;
    if (status === 'APPLIED') throw await closed(db, safeMode);
    return this.ending.end(db, safeMode, { status: 'DISCARDED', at: this.now(), by: userId });
  }

  private async mustHaveRoom(db: Db, unitId: Id): Promise<void> {
    const { open } = this.limits;
    if ((await this.safeModes.countOpen(db, unitId)) < open) return;
    throw new LimitReached(
      `A unit has at most ${open} open safe modes (SAFE_MODE_MAX_OPEN). Apply or delete one first.`,
      'SAFE_MODE_MAX_OPEN',
    );
  }

  private unit(id: Id): Promise<UnitEntity> {
    return this.database.read(({ manager }) => manager.findOneByOrFail(UnitEntity, { id }));
  }

  private async earlier(actor: Actor, unitId: Id, operationId: string): Promise<SafeMode | undefined> {
    return this.database.read(async (db) => {
      const id = await rememberedStart(db, actor, unitId, operationId);
      return (id && (await this.safeModes.find(db, id))) || undefined;
    });
  }
}

/** What an operation with this id started before. */
async function rememberedStart(
  { manager }: Db,
  { userId }: Actor,
  unitId: Id,
  operationId: string,
): Promise<Id | undefined> {
  const earlier = await manager.findOneBy(OperationEntity, { unitId, userId, id: operationId });
  if (earlier) mustBeSameMutation(earlier.mutation, startMutation);
  return earlier?.target;
}

async function rememberStart(
  { manager }: Db,
  { userId }: Actor,
  { id: target, unitId, createdAt: at }: SafeMode,
  id: string,
): Promise<void> {
  await manager.insert(OperationEntity, { unitId, userId, id, mutation: startMutation, target, at });
}
