import { type Actor } from '../access/actor';
import { type ContentStore } from '../configuration/content.store';
import { type ContentWriter } from '../configuration/content.writer';
import { type Topics } from '../messages/topics';
import { BadUserInput, NotFound } from '../refusal';
import { type Database, type Db, RolledBack } from '../storage/database';
import { type ChangeCause, UnitEntity } from '../unit/unit.entity';
import { type ChangeLogStore } from './change-log.store';
import { type ConflictPresenter } from './conflict.presenter';
import { edit } from './edit';
import { OperationEntity } from './operation.entity';
import { sliceLoader } from './slice.loader';
import { loadSlice } from './slice-request';
import { type ConfigurationObject, type Id, type Kind, type ObjectName, type Operation } from './task';

/** The live configuration inside an edit's transaction, after the unit was locked. */
export interface LiveConfiguration {
  objects(kind: Kind, ids: readonly Id[]): Promise<Map<Id, ConfigurationObject>>;
  withKeys(kind: Kind, keys: readonly string[]): Promise<Map<Id, ConfigurationObject>>;
  referrers(kind: Kind, ids: readonly Id[]): Promise<ObjectName[]>;
}

/** A direct edit: what a mutation asks to be done for everybody at once. */
export interface EditRequest {
  unitId: Id;
  actor: Actor;
  /** Name of the mutation, and the object that it is about: what a resend is answered with. */
  mutation: string;
  target: Id;
  /** The client's own id of this operation: a resend does nothing twice. */
  operationId?: string | null;
  /** The unit's revision that the form was loaded at. */
  basedOnRevision?: number | null;
  /** Throws where the caller may not do this to the objects as they are now. */
  permit?(live: LiveConfiguration): Promise<void>;
  /** What is asked for; may look at what is live. All or nothing. */
  operations(live: LiveConfiguration): Promise<Operation[]>;
}

/** What came of an edit: the object that it was about, for a resend the one of the first time. */
export interface EditOutcome {
  target: Id;
}

interface Landed extends EditOutcome {
  change?: { revision: number; at: Date };
}

/** Direct edits: lock the unit, load the slice, evaluate, write, log, commit, publish. */
export class ChangeService {
  constructor(
    private readonly database: Database,
    private readonly content: ContentStore,
    private readonly writer: ContentWriter,
    private readonly log: ChangeLogStore,
    private readonly conflicts: ConflictPresenter,
    private readonly topics: Topics,
  ) {}

  /**
   * Carries the edit out for everybody, or throws a refusal and changes nothing: `CONFLICT` with every conflict,
   * `BAD_USER_INPUT` with every fault, `NOT_FOUND`. An edit that changes nothing moves no revision.
   */
  async edit(request: EditRequest): Promise<EditOutcome> {
    const { unitId, actor } = request;
    const landed = await this.database.transaction<Landed>((db) => this.editIn(db, request));
    if (landed.change) {
      this.topics.publish('unitChanged', unitId, {
        unitId,
        cause: 'EDIT',
        byUserId: actor.userId,
        ...landed.change,
      });
    }
    return { target: landed.target };
  }

  private async editIn(db: Db, request: EditRequest): Promise<Landed | RolledBack<Landed>> {
    const { unitId, actor, operationId } = request;
    const unit = await lockUnit(db, unitId);
    const earlier = operationId ? await this.earlierTarget(db, request, operationId) : undefined;
    if (earlier !== undefined) return new RolledBack({ target: earlier });

    const live = this.liveIn(db, unit.liveGenerationId);
    await request.permit?.(live);
    const operations = await this.basedOn(db, request, unit.revision - 1, await request.operations(live));
    const slice = await loadSlice(sliceLoader(db, this.content, unit.liveGenerationId), [], operations);
    const { changes, conflicts } = edit(slice, operations);
    if (conflicts.length > 0) {
      const where = { id: unitId, generationId: unit.liveGenerationId };
      throw await this.conflicts.refusal(db, where, slice, operations, conflicts);
    }
    if (changes.length === 0) return new RolledBack({ target: request.target });

    const at = new Date();
    await this.writer.write(db, unit.liveGenerationId, changes);
    await this.log.append(
      db,
      { unitId, revision: unit.revision, cause: 'EDIT', byUserId: actor.userId, at },
      changes,
    );
    await markChanged(db, unitId, 'EDIT', actor.userId, at);
    if (operationId) await this.remember(db, request, operationId, at);
    return { target: request.target, change: { revision: unit.revision, at } };
  }

  private liveIn(db: Db, generationId: Id): LiveConfiguration {
    const { content } = this;
    return {
      objects: (kind, ids) => content.objects(db, generationId, kind, ids),
      withKeys: (kind, keys) => content.withKeys(db, generationId, kind, keys),
      referrers: (kind, ids) => content.referrers(db, generationId, kind, ids),
    };
  }

  /** Gives updates and deletes the object as the caller saw it, where that is not how it is now. */
  private async basedOn(
    db: Db,
    { unitId, basedOnRevision }: EditRequest,
    liveRevision: number,
    operations: Operation[],
  ): Promise<Operation[]> {
    if (basedOnRevision === undefined || basedOnRevision === null || basedOnRevision === liveRevision)
      return operations;
    if (basedOnRevision > liveRevision || basedOnRevision < 0) {
      throw new BadUserInput([
        {
          path: 'input.basedOnRevision',
          message: `is not a revision of the unit, which is at ${liveRevision}`,
        },
      ]);
    }
    if (await this.log.replacedSince(db, unitId, basedOnRevision))
      throw this.conflicts.unitReplaced(operations);
    const based: Operation[] = [];
    for (const operation of operations) {
      const seen = await this.log.statesAt(db, unitId, basedOnRevision, operation.kind, [operation.target]);
      based.push(
        seen.has(operation.target) ? basedOnState(operation, seen.get(operation.target)) : operation,
      );
    }
    return based;
  }

  private async earlierTarget(db: Db, request: EditRequest, id: string): Promise<Id | undefined> {
    const { unitId, actor, mutation } = request;
    const earlier = await db.manager.findOneBy(OperationEntity, { unitId, userId: actor.userId, id });
    if (earlier && earlier.mutation !== mutation) {
      throw new BadUserInput([
        { path: 'input.operationId', message: `was used for ${earlier.mutation} already` },
      ]);
    }
    return earlier?.target;
  }

  private async remember(db: Db, request: EditRequest, id: string, at: Date): Promise<void> {
    const { unitId, actor, mutation, target } = request;
    await db.manager.insert(OperationEntity, { unitId, userId: actor.userId, id, mutation, target, at });
  }
}

/** What did not exist when the form was loaded was to be created by it. */
function basedOnState(operation: Operation, state: ConfigurationObject | undefined): Operation {
  if (operation.op === 'CREATE') return operation;
  if (state) return { ...operation, basedOn: state };
  return operation.op === 'UPDATE' && operation.kind === 'CONFIG_KEY'
    ? { ...operation, op: 'CREATE', value: { ...operation.fields, key: operation.target } }
    : operation;
}

/**
 * Takes the unit's row first, as every configuration write does, so that the writes of one unit run one after
 * another. Answers the unit with its next revision, which stands only if the transaction commits.
 */
export async function lockUnit(db: Db, unitId: Id): Promise<UnitEntity> {
  await db.run('UPDATE unit SET revision = revision + 1 WHERE id = ?', [unitId]);
  const unit = await db.manager.findOneBy(UnitEntity, { id: unitId });
  if (!unit) throw new NotFound('unit');
  return unit;
}

/** Notes on the unit's row why its revision moved. */
export async function markChanged(
  db: Db,
  unitId: Id,
  cause: ChangeCause,
  byUserId: Id,
  at: Date,
): Promise<void> {
  await db.manager.update(
    UnitEntity,
    { id: unitId },
    { lastCause: cause, lastChangedBy: byUserId, lastChangedAt: at },
  );
}
