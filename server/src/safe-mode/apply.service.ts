import { type Actor } from '../access/actor';
import { type Clock } from '../access/clock';
import { type LandingService } from '../change/landing.service';
import { type Id } from '../change/task';
import { keepRevision, lockUnit } from '../unit/unit-lock';
import { type Topics } from '../messages/topics';
import { type Database, type Db, RolledBack } from '../storage/database';
import { type ChangeCause } from '../unit/unit.entity';
import { type SafeModeCheckpoint } from './checkpoint';
import { type EndingService } from './ending.service';
import { type EvaluatedSafeMode, type EvaluationService } from './evaluation.service';
import { type SafeModeFile } from './file/safe-mode-file';
import { mustBeAdminNow, mustOwn } from './ownership';
import { closed } from './request-safe-mode.service';
import { type SafeModeFiles } from './safe-mode-files.service';
import { StaleRevision } from './safe-mode-refusals';
import { type SafeModeService } from './safe-mode.service';
import { type SafeMode, type SafeModeStore } from './safe-mode.store';

/** What came of applying for all. */
export type ApplyOutcome =
  | { kind: 'applied'; safeMode: SafeMode; alreadyApplied: boolean }
  | { kind: 'conflicted'; safeMode: SafeMode; evaluated: EvaluatedSafeMode };

/** Executes safe modes for everybody: all of it or nothing, and once. */
export class ApplyService {
  constructor(
    private readonly database: Database,
    private readonly safeModes: SafeModeStore,
    private readonly safeModeService: SafeModeService,
    private readonly files: SafeModeFiles,
    private readonly evaluations: EvaluationService,
    private readonly landing: LandingService,
    private readonly ending: EndingService,
    private readonly topics: Topics,
    private readonly now: Clock,
    private readonly checkpoint: SafeModeCheckpoint,
  ) {}

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
    const file = await this.files.read(safeMode);
    mustBeAt({ ...safeMode, revision: file.revision }, revision);

    const outcome = await this.applied(actor, safeMode, file);
    if (outcome.kind === 'applied' && !outcome.alreadyApplied) await this.finish(outcome.safeMode);
    return outcome;
  }

  private async applied(actor: Actor, safeMode: SafeMode, file: SafeModeFile): Promise<ApplyOutcome> {
    try {
      return await this.database.transaction((db) => this.applyIn(db, actor, safeMode, file));
    } catch (error) {
      // Where the connection was lost at the commit, only the row knows what came of it.
      const present = await this.safeModeService.find(safeMode.id).catch(() => undefined);
      if (present?.status !== 'APPLIED') throw error;
      return { kind: 'applied', safeMode: present, alreadyApplied: false };
    }
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
    this.checkpoint('evaluated');
    const { changes, conflicts } = evaluated.evaluation;
    if (evaluated.replaced || conflicts.length > 0) {
      return new RolledBack<ApplyOutcome>({ kind: 'conflicted', safeMode, evaluated });
    }
    const note = { cause: causeOf(safeMode), byUserId: actor.userId };
    if (changes.length > 0) await this.landing.land(db, unit, note, changes);
    else await keepRevision(db, unitId);
    this.checkpoint('written');
    const appliedRevision = changes.length > 0 ? unit.revision : undefined;
    const ending = { status: 'APPLIED', at: this.now(), by: actor.userId, appliedRevision } as const;
    await this.ending.end(db, safeMode, ending);
    this.checkpoint('closed, not committed');
    return {
      kind: 'applied',
      safeMode: {
        ...safeMode,
        status: 'APPLIED',
        closedAt: ending.at,
        closedBy: actor.userId,
        appliedRevision: appliedRevision ?? null,
      },
      alreadyApplied: false,
    };
  }

  /** What is left once it is committed. A crash here leaves nothing undone: the sweeper finishes, and messages are hints. */
  private async finish(safeMode: SafeMode): Promise<void> {
    this.checkpoint('committed, not told');
    const { unitId, appliedRevision, closedAt, closedBy } = safeMode;
    if (appliedRevision !== null) {
      const change = { cause: causeOf(safeMode), byUserId: closedBy, at: closedAt! };
      this.topics.publish('unitChanged', unitId, { unitId, revision: appliedRevision, ...change });
    }
    this.checkpoint('told, file not removed');
    await this.ending.finish(safeMode);
  }
}

const causeOf = ({ undoesId }: SafeMode): ChangeCause => (undoesId === null ? 'SAFE_MODE' : 'UNDO');

function mustBeAt({ revision }: SafeMode, reviewed: number): void {
  if (revision === reviewed) return;
  throw new StaleRevision(
    `The safe mode was changed since you looked at it: it is at revision ${revision}, you reviewed ${reviewed}. Look at its changes again.`,
    revision,
  );
}
