import { v7 as uuidv7 } from 'uuid';
import { type Actor } from '../../access/actor';
import { type Audit } from '../../access/audit';
import { type Clock } from '../../access/clock';
import { ChangeEntryEntity } from '../../change/log/change-log.entity';
import { type FieldChange } from '../../change/presentation/field-change';
import { type Checkpoint } from '../../checkpoint';
import { type JobRun } from '../../job/job-run';
import { type JobEntity } from '../../job/job.entity';
import { type JobService } from '../../job/job.service';
import { type Topics, type UnitChange } from '../../messages/topics';
import { chunks, type Database, type Db } from '../../storage/database';
import { type Sealer } from '../../storage/sealer';
import { GenerationEntity } from '../../unit/generation.entity';
import { UnitEntity } from '../../unit/unit.entity';
import { type BackupSettings, mustBackUp, mustBeOn } from '../backup-permission';
import { type BackupRetention } from '../retention';
import { sections } from '../format/rows/section';
import { PlanComparison } from '../plan/plan-comparison';
import { PlanDraft } from '../plan/plan-draft';
import { type PlanStore } from '../plan/plan.store';
import { countSections, readSection } from '../sections/read';
import { type MoveResult, moveUnit } from './generation-move';
import { NotUndoable } from './import-refusals';

interface UndoInput {
  /** The job of the import that is undone. */
  importJobId: string;
}

/** Result of an undo's job: the unit was moved back, or there is a plan to look at first. */
export type UndoResult = MoveResult | { planId: string };

export interface UndoSettings extends BackupSettings {
  retention: BackupRetention;
}

/** Goes back to what an import replaced. */
export class UndoService {
  constructor(
    private readonly database: Database,
    private readonly sealer: Sealer,
    private readonly jobs: JobService,
    private readonly plans: PlanStore,
    private readonly audit: Audit,
    private readonly topics: Topics,
    private readonly settings: UndoSettings,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /**
   * Begins to undo an import. Where nothing was written since, the unit goes back at once; otherwise the job ends with
   * a plan of the old state, for an import to carry out. Throws `NotUndoable`, `NotFound`, `BackupDisabled`.
   */
  async begin(actor: Actor | undefined, importJobId: string): Promise<JobEntity> {
    const job = await this.jobs.find(actor, importJobId);
    mustBackUp(actor, job.unitId, this.settings);
    await this.undoable(job);
    const input: UndoInput = { importJobId };
    return this.jobs.begin(actor, { unitId: job.unitId, kind: 'UNDO_IMPORT', input }, (run) =>
      this.undo(run),
    );
  }

  /** The work of an undo's job; any server can begin it again. Throws as `begin`, and as `moveUnit`. */
  async undo(run: JobRun): Promise<void> {
    // The server that began it may have had other settings.
    mustBeOn(this.settings);
    const { importJobId } = JSON.parse(run.job.input) as UndoInput;
    const importJob = await this.jobs.known(importJobId);
    const imported = await this.undoable(importJob);
    const unit = await this.database.read(({ manager }) =>
      manager.findOneByOrFail(UnitEntity, { id: run.job.unitId }),
    );
    if (unit.revision === imported.revision) await this.moveBack(run, imported);
    else await this.planBack(run, imported);
  }

  private async moveBack(run: JobRun, imported: MoveResult): Promise<void> {
    let change: UnitChange | undefined;
    const { unitId, startedBy: byUserId, id: jobId } = run.job;
    await run.conclude(async (db) => {
      const detail = { jobId, undone: imported.generationId };
      await this.audit.record(db, { event: 'BACKUP_IMPORTED', userId: byUserId, unitId, detail });
      const toGenerationId = imported.previousGenerationId;
      const atRevision = imported.revision;
      const undoableFor = this.settings.retention.undo;
      const order = { unitId, atRevision, toGenerationId, byUserId, jobId, undoableFor };
      const moved = await moveUnit(db, { ...order, fromState: 'RETIRED', cause: 'UNDO' }, this.now);
      change = moved.change;
      await logOpposite(db, unitId, imported.revision, change.revision);
      await this.checkpoint('moved back, not committed');
      return moved.result satisfies UndoResult;
    });
    await this.checkpoint('undo committed, not told');
    if (change) this.topics.publish('unitChanged', unitId, change);
  }

  /** The unit was written to since: what going back would change is for the admin to see first. */
  private async planBack(run: JobRun, imported: MoveResult): Promise<void> {
    const { unitId, id: jobId } = run.job;
    await run.report({ stage: 'Comparing with the state before the import' });
    const { plan, entries } = await this.database.snapshot(async (db) => {
      const unit = await db.manager.findOneByOrFail(UnitEntity, { id: unitId });
      const draft = new PlanDraft();
      const counts = await this.compare(db, run, unit.liveGenerationId, imported.previousGenerationId, draft);
      const content = {
        header: { unit: { id: unit.id, name: unit.name } },
        counts,
        warnings: [],
        ...draft.counts,
      };
      return { plan: { content, unitRevision: unit.revision }, entries: draft.finish() };
    });
    await run.conclude(async ({ manager }) => {
      const planId = uuidv7();
      await this.plans.insert(
        manager,
        {
          ...plan,
          id: planId,
          unitId,
          jobId,
          uploadId: null,
          generationId: imported.previousGenerationId,
          sealedFileKey: null,
          createdAt: this.now(),
          expiresAt: new Date(imported.undoableUntil),
        },
        entries,
      );
      return { planId } satisfies UndoResult;
    });
  }

  private async compare(db: Db, run: JobRun, liveId: string, earlierId: string, draft: PlanDraft) {
    const counts = await countSections(db, earlierId);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    // Two readers of one connection take turns: its statements run one after another.
    const comparison = new PlanComparison(db, liveId, this.sealer, draft);
    let rows = 0;
    try {
      for (const section of sections) {
        for await (const page of readSection(db, earlierId, section, this.sealer)) {
          await comparison.take(section, page);
          rows += page.length;
          await run.report({ rows, progress: (0.98 * rows) / total });
        }
      }
      await comparison.end();
    } finally {
      await comparison.close();
    }
    return counts;
  }

  /** What an import did, where it can still be undone. */
  private async undoable(job: JobEntity | undefined): Promise<MoveResult> {
    if (job?.kind !== 'IMPORT' || job.state !== 'DONE')
      throw new NotUndoable('Only an import that is done can be undone.');
    const imported = JSON.parse(job.result!) as MoveResult;
    if (new Date(imported.undoableUntil) <= this.now())
      throw new NotUndoable('The time in which this import could be undone is over.');
    const previous = await this.database.read(({ manager }) =>
      manager.findOneBy(GenerationEntity, { id: imported.previousGenerationId, unitId: job.unitId }),
    );
    if (previous?.state !== 'RETIRED') throw new NotUndoable();
    return imported;
  }
}

/** Nothing was written since the import, so the history of going back is the import's, turned round. */
async function logOpposite(db: Db, unitId: string, importRevision: number, revision: number): Promise<void> {
  const opposite = { CREATE: 'DELETE', UPDATE: 'UPDATE', DELETE: 'CREATE' } as const;
  const entries = await db.manager.findBy(ChangeEntryEntity, { unitId, revision: importRevision });
  const turned = entries.map((entry) => ({
    ...entry,
    revision,
    operation: opposite[entry.operation],
    fields: entry.fields && JSON.stringify((JSON.parse(entry.fields) as FieldChange[]).map(turnedRound)),
  }));
  for (const some of chunks(turned, 50)) await db.manager.insert(ChangeEntryEntity, some);
}

function turnedRound({ from, to, ...change }: FieldChange): FieldChange {
  return { ...change, ...(to !== undefined && { from: to }), ...(from !== undefined && { to: from }) };
}
