import { type Actor } from '../../access/actor';
import { type Clock } from '../../access/clock';
import { type Collision } from '../../change/collision.loader';
import { ConstraintNet } from '../../change/constraint-net.service';
import { type LandingService } from '../../change/landing.service';
import { type Id } from '../../change/core/task';
import { type Checkpoint } from '../../checkpoint';
import { type ContentStore } from '../../configuration/content.store';
import { mustBeAdminNow } from '../../unit/admin-now';
import { keepRevision, lockUnit } from '../../unit/unit-lock';
import { type Topics } from '../../messages/topics';
import { certainWrite } from '../../storage/certain-write';
import { type Database, type Db, RolledBack } from '../../storage/database';
import { type ChangeCause } from '../../unit/unit.entity';
import { type EndingService } from './ending.service';
import { type EvaluatedSafeMode, type EvaluationService } from '../preview/evaluation.service';
import { type SafeModeFile } from '../file/safe-mode-file';
import { mustOwn } from '../ownership';
import { closed } from '../request-safe-mode.service';
import { type SafeModeFiles } from '../file/safe-mode-files.service';
import { SafeModeClosed, StaleRevision } from '../safe-mode-refusals';
import { type SafeModeService } from '../safe-mode.service';
import { type SafeMode, type SafeModeStore } from '../safe-mode.store';

/** What came of applying for all. */
export type ApplyOutcome =
  | { kind: 'applied'; safeMode: SafeMode; alreadyApplied: boolean }
  | { kind: 'conflicted'; safeMode: SafeMode; evaluated: EvaluatedSafeMode };

/** Executes safe modes for everybody: all of it or nothing, and once. */
export class ApplyService {
  private readonly net: ConstraintNet;

  constructor(
    private readonly database: Database,
    content: ContentStore,
    private readonly safeModes: SafeModeStore,
    private readonly safeModeService: SafeModeService,
    private readonly files: SafeModeFiles,
    private readonly evaluations: EvaluationService,
    private readonly landing: LandingService,
    private readonly ending: EndingService,
    private readonly topics: Topics,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {
    this.net = new ConstraintNet(database, content);
  }

  /**
   * Applies the safe mode as its owner reviewed it. With any conflict nothing is written, and the file stays. One that
   * is applied already is answered as it was the first time. Throws `NOT_OWNER`, `FORBIDDEN`, `STALE_REVISION`,
   * `SAFE_MODE_CLOSED`, and what keeps the file from being read.
   */
  async applyForAll(actor: Actor, id: Id, revision: number): Promise<ApplyOutcome> {
    const safeMode = await this.safeModeService.find(id);
    mustOwn(actor, safeMode);
    if (safeMode.status === 'APPLIED') return { kind: 'applied', safeMode, alreadyApplied: true };
    if (safeMode.status === 'DISCARDED') throw await this.database.read((db) => closed(db, safeMode));
    mustBeAt(safeMode, revision);
    try {
      return await this.applyOpen(actor, safeMode);
    } catch (error) {
      // A moment ago it was open: another click of the same owner was faster, and the file is gone.
      if (error instanceof SafeModeClosed) return this.appliedBefore(id, error);
      throw error;
    }
  }

  private async applyOpen(actor: Actor, safeMode: SafeMode): Promise<ApplyOutcome> {
    const file = await this.files.read(safeMode);
    mustBeAt(file, safeMode.revision);
    const outcome = await this.net.under(
      () =>
        certainWrite(
          this.database,
          (db) => this.applyIn(db, actor, safeMode, file),
          async (db, { safeMode: applied }) => this.ending.isEnded(db, applied),
        ),
      (collisions) => this.collided(safeMode, file, collisions),
    );
    if (outcome.kind === 'applied' && !outcome.alreadyApplied) {
      await this.ending.finish(outcome.safeMode, () => this.tell(outcome.safeMode));
    }
    return outcome;
  }

  private async appliedBefore(id: Id, otherwise: SafeModeClosed): Promise<ApplyOutcome> {
    const safeMode = await this.safeModeService.find(id);
    if (safeMode.status !== 'APPLIED') throw otherwise;
    return { kind: 'applied', safeMode, alreadyApplied: true };
  }

  private async applyIn(
    db: Db,
    actor: Actor,
    { id, unitId }: SafeMode,
    file: SafeModeFile,
  ): Promise<ApplyOutcome | RolledBack<ApplyOutcome>> {
    const unit = await lockUnit(db, unitId);
    const safeMode = (await this.safeModes.hold(db, id))!;
    if (safeMode.status === 'APPLIED') {
      return new RolledBack<ApplyOutcome>({ kind: 'applied', safeMode, alreadyApplied: true });
    }
    if (safeMode.status === 'DISCARDED') throw await closed(db, safeMode);
    mustBeAt(safeMode, file.revision);
    await mustBeAdminNow(db, unitId, actor);

    const evaluated = await this.evaluations.evaluateIn(db, unit, file);
    await this.checkpoint('evaluated');
    const { changes, conflicts } = evaluated.evaluation;
    if (evaluated.replaced || conflicts.length > 0) {
      return new RolledBack<ApplyOutcome>({ kind: 'conflicted', safeMode, evaluated });
    }
    const note = { cause: causeOf(safeMode), byUserId: actor.userId };
    if (changes.length > 0) await this.landing.land(db, unit, note, changes);
    else await keepRevision(db, unitId);
    await this.checkpoint('written');
    const appliedRevision = changes.length > 0 ? unit.revision : undefined;
    const ending = { status: 'APPLIED', at: this.now(), by: actor.userId, appliedRevision } as const;
    return {
      kind: 'applied',
      safeMode: await this.ending.end(db, safeMode, ending),
      alreadyApplied: false,
    };
  }

  /** What the tables did not let in, told as every other conflict: each with its task. */
  private async collided(
    safeMode: SafeMode,
    file: SafeModeFile,
    collisions: readonly Collision[],
  ): Promise<ApplyOutcome> {
    const conflicts = collisions.flatMap((collision) => {
      const task = file.tasks.find(
        ({ kind, target }) => kind === collision.kind && target === collision.target,
      );
      return task ? [{ ...collision, task: task.id }] : [];
    });
    const evaluated = await this.evaluations.evaluateFile(file);
    const evaluation = { ...evaluated.evaluation, changes: [], conflicts };
    return { kind: 'conflicted', safeMode, evaluated: { ...evaluated, evaluation } };
  }

  private tell(safeMode: SafeMode): void {
    const { unitId, appliedRevision, closedAt, closedBy } = safeMode;
    if (appliedRevision === null) return;
    const change = { cause: causeOf(safeMode), byUserId: closedBy, at: closedAt! };
    this.topics.publish('unitChanged', unitId, { unitId, revision: appliedRevision, ...change });
  }
}

const causeOf = ({ undoesId }: SafeMode): ChangeCause => (undoesId === null ? 'SAFE_MODE' : 'UNDO');

function mustBeAt({ revision }: { revision: number }, reviewed: number): void {
  if (revision === reviewed) return;
  throw new StaleRevision(
    `The safe mode was changed since you looked at it: it is at revision ${revision}, you reviewed ${reviewed}. Look at its changes again.`,
    revision,
  );
}
