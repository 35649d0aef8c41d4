import { type Checkpoint } from '../checkpoint';
import { type ContentStore } from '../configuration/content.store';
import { type Topics, type UnitChange } from '../messages/topics';
import { certainWrite } from '../storage/certain-write';
import { type Database, type Db, RolledBack } from '../storage/database';
import { type Collision } from './collision.loader';
import { type ConflictPresenter } from './presentation/conflict.presenter';
import { ConstraintNet } from './constraint-net.service';
import { edit } from './core/recording/edit';
import { type EditOutcome, type EditRequest, type Resend } from './edit-request';
import { type LandingService } from './landing.service';
import { OperationEntity } from './operation.entity';
import { mustBeSameMutation } from './operation-id';
import { type SeenStatesService } from './seen-states.service';
import { type ShownConfiguration } from './shown-configuration';
import { type Slice } from './core/slice';
import { sliceLoader } from './slice.loader';
import { loadSlice } from './core/slice-request';
import { type Id, type Operation } from './core/task';
import { lockUnit } from '../unit/unit-lock';

interface Landed extends EditOutcome {
  change?: UnitChange;
}

/** Direct edits: lock the unit, load the slice, evaluate, write, log, commit, publish. */
export class ChangeService {
  private readonly net: ConstraintNet;

  constructor(
    private readonly database: Database,
    private readonly content: ContentStore,
    private readonly landing: LandingService,
    private readonly seenStates: SeenStatesService,
    private readonly conflicts: ConflictPresenter,
    private readonly topics: Topics,
    private readonly checkpoint: Checkpoint,
  ) {
    this.net = new ConstraintNet(database, content);
  }

  /**
   * Carries the edit out for everybody, or throws a refusal and changes nothing: `CONFLICT` with every conflict,
   * `BAD_USER_INPUT` with every fault, `NOT_FOUND`. An edit that changes nothing moves no revision.
   */
  async edit(request: EditRequest): Promise<EditOutcome> {
    const landed = await this.net.under(
      () =>
        certainWrite(
          this.database,
          (db) => this.editIn(db, request),
          async (db, { change }) => change !== undefined && this.landing.isLanded(db, change),
        ),
      (collisions, generationId) => this.refuse(request, collisions, generationId),
    );
    if (landed.change) {
      await this.checkpoint('edit committed, not told');
      this.topics.publish('unitChanged', request.unitId, landed.change);
    }
    return { target: landed.target };
  }

  /** What the edit was answered with when it was carried out; `undefined` where it was not. */
  earlier(resend: Resend): Promise<EditOutcome | undefined> {
    return this.database.read((db) => this.earlierIn(db, resend));
  }

  private async editIn(db: Db, request: EditRequest): Promise<Landed | RolledBack<Landed>> {
    const { unitId, editor, operationId } = request;
    const unit = await lockUnit(db, unitId);
    const earlier = await this.earlierIn(db, request);
    if (earlier) return new RolledBack(earlier);

    const shown = this.liveIn(db, unit.liveGenerationId);
    await request.permit?.(shown);
    const asked = await request.operations(shown);
    const operations = await this.seenStates.basedOn(db, request, unit.revision - 1, asked);
    const slice = await this.sliceOf(db, unit.liveGenerationId, operations);
    const { changes, conflicts } = edit(slice, operations);
    if (conflicts.length > 0) {
      const where = { id: unitId, generationId: unit.liveGenerationId };
      throw await this.conflicts.refusal(db, where, slice, operations, conflicts);
    }
    if (changes.length === 0) return new RolledBack({ target: request.target });

    const note = { cause: 'EDIT', byUserId: editor.userId } as const;
    const change = await this.landing.land(db, unit, note, changes);
    if (operationId) await this.remember(db, request, operationId, change.at);
    await this.checkpoint('edit written, not committed');
    return { target: request.target, change };
  }

  /** What the tables did not let in, told as every other conflict. */
  private async refuse(
    request: EditRequest,
    collisions: readonly Collision[],
    generationId: Id,
  ): Promise<never> {
    throw await this.database.read(async (db) => {
      const operations = await request.operations(this.liveIn(db, generationId));
      const slice = await this.sliceOf(db, generationId, operations);
      const conflicts = collisions.map((collision) => ({ ...collision, task: '' }));
      return this.conflicts.refusal(db, { id: request.unitId, generationId }, slice, operations, conflicts);
    });
  }

  private sliceOf(db: Db, generationId: Id, operations: readonly Operation[]): Promise<Slice> {
    return loadSlice(sliceLoader(db, this.content, generationId), [], operations);
  }

  private liveIn(db: Db, generationId: Id): ShownConfiguration {
    const { content } = this;
    return {
      objects: (kind, ids) => content.objects(db, generationId, kind, ids),
      withKeys: (kind, keys) => content.withKeys(db, generationId, kind, keys),
      referrers: (kind, ids) => content.referrers(db, generationId, kind, ids),
    };
  }

  private async earlierIn(
    db: Db,
    { unitId, editor, mutation, operationId: id }: Resend,
  ): Promise<EditOutcome | undefined> {
    if (!id) return undefined;
    const earlier = await db.manager.findOneBy(OperationEntity, { unitId, userId: editor.userId, id });
    if (!earlier) return undefined;
    mustBeSameMutation(earlier.mutation, mutation);
    return { target: earlier.target };
  }

  private async remember(db: Db, request: EditRequest, id: string, at: Date): Promise<void> {
    const { unitId, editor, mutation, target } = request;
    await db.manager.insert(OperationEntity, { unitId, userId: editor.userId, id, mutation, target, at });
  }
}
