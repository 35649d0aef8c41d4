import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { mustReach } from '../../access/abilities';
import { type Actor } from '../../access/actor';
import { type Audit } from '../../access/audit';
import { type Clock } from '../../access/clock';
import { type Checkpoint } from '../../checkpoint';
import { type JobRun } from '../../job/job-run';
import { type JobEntity } from '../../job/job.entity';
import { type JobOrder, type JobService } from '../../job/job.service';
import { type Topics, type UnitChange } from '../../messages/topics';
import { type Database } from '../../storage/database';
import { ObjectMissing, type ObjectStore } from '../../storage/object-store';
import { type Sealer } from '../../storage/sealer';
import { GenerationEntity } from '../../unit/generation.entity';
import { UnitEntity } from '../../unit/unit.entity';
import { BackupUploadEntity } from '../backup.entity';
import { type BackupSettings, mustBackUp, mustBeOn } from '../backup-permission';
import { type BackupErrorCode } from '../format/backup-error';
import { type BackupLimits } from '../format/limits';
import { openBackup } from '../format/reader';
import { type PlanStore, type StoredPlan } from '../plan/plan.store';
import { isBackupError } from '../rejection';
import { refusalOf } from '../refusal-of';
import { type BackupRetention } from '../retention';
import { uploadContent } from '../upload/upload-content';
import { GenerationLoader } from './generation-loader';
import { logPlan, moveUnit } from './generation-move';
import { type GenerationProof } from './generation-proof';
import { ConfirmationRequired, PlanStale, UploadChanged, UploadExpired } from './import-refusals';
import { mustEqual, proofOf } from './verify-generation';

/** Share of the progress bar for loading; the rest is for reading back. */
const loadingShare = 0.8;

const brokenFile: ReadonlySet<BackupErrorCode> = new Set([
  'EMPTY_FILE',
  'NOT_A_BACKUP',
  'TRUNCATED',
  'DAMAGED',
  'WRONG_PASSWORD',
  'INCOMPLETE_BACKUP',
] as const);

export interface ImportOrder {
  planId: string;
  /** Name of the unit, where the backup was made in another one. */
  confirmUnitName?: string | null;
  idempotencyKey?: string | null;
}

export interface ImportSettings extends BackupSettings {
  limits: BackupLimits;
  retention: BackupRetention;
}

/** Carries out plans: replaces a unit's whole configuration, all or nothing. */
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly sealer: Sealer,
    private readonly jobs: JobService,
    private readonly plans: PlanStore,
    private readonly audit: Audit,
    private readonly topics: Topics,
    private readonly settings: ImportSettings,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /**
   * Begins an import. The same idempotency key answers the same job again. Throws `NotFound`, `UPLOAD_EXPIRED`,
   * `PLAN_STALE`, `CONFIRMATION_REQUIRED`, `Busy`, `BackupDisabled`.
   */
  async begin(
    actor: Actor | undefined,
    { planId, confirmUnitName, idempotencyKey }: ImportOrder,
  ): Promise<JobEntity> {
    const plan = mustReach(actor, 'backUp', await this.plans.find(planId), 'plan');
    mustBackUp(actor, plan.unitId, this.settings);
    const order: JobOrder = {
      unitId: plan.unitId,
      kind: 'IMPORT',
      input: { planId },
      idempotencyKey: idempotencyKey ?? undefined,
    };
    const earlier = await this.jobs.sameOrder(order);
    if (earlier) return earlier;

    if (plan.expiresAt <= this.now()) throw new UploadExpired();
    const unit = await this.unitOf(plan);
    if (unit.revision !== plan.unitRevision) throw new PlanStale();
    const isFromElsewhere = plan.content.warnings.some(({ code }) => code === 'OTHER_UNIT');
    if (isFromElsewhere && confirmUnitName?.trim() !== unit.name) throw new ConfirmationRequired(unit.name);
    return this.jobs.begin(actor, order, (run) => this.import(run));
  }

  /**
   * The work of an import's job. Knows all it needs from the job's row, so that any server can begin it again. Throws
   * as `begin`, and as `moveUnit`.
   */
  async import(run: JobRun): Promise<void> {
    // The server that began it may have had other settings.
    mustBeOn(this.settings);
    const { planId } = JSON.parse(run.job.input) as { planId: string };
    const plan = await this.plans.find(planId);
    if (!plan) throw new UploadExpired();
    if ((await this.unitOf(plan)).revision !== plan.unitRevision) throw new PlanStale();
    if (plan.generationId) await this.move(run, plan, plan.generationId);
    else await this.load(run, plan);
  }

  private async load(run: JobRun, plan: StoredPlan): Promise<void> {
    await this.abandon({ jobId: run.job.id });
    const generationId = uuidv7();
    await this.database.transaction(({ manager }) =>
      manager.insert(GenerationEntity, {
        id: generationId,
        unitId: plan.unitId,
        origin: 'IMPORT',
        state: 'LOADING',
        jobId: run.job.id,
        createdAt: this.now(),
        purgeAfter: null,
      }),
    );
    await this.checkpoint('generation made');
    try {
      const loaded = await this.fill(run, plan, generationId);
      await this.checkpoint('loaded');
      await run.report({ stage: 'Checking what was loaded', progress: loadingShare });
      mustEqual(loaded, await proofOf(this.database, generationId, this.sealer));
      await this.move(run, plan, generationId);
    } catch (error) {
      // Where this fails, the purge finds out by the job.
      await this.abandon({ id: generationId }).catch(() => undefined);
      throw error instanceof ObjectMissing ? new UploadExpired() : refusalOf(error);
    }
  }

  private async fill(run: JobRun, plan: StoredPlan, generationId: string): Promise<GenerationProof> {
    const upload = await this.database.read(({ manager }) =>
      manager.findOneBy(BackupUploadEntity, { id: plan.uploadId! }),
    );
    if (!upload || !plan.sealedFileKey) throw new UploadExpired();
    const fileKey = Buffer.from(this.sealer.open(plan.sealedFileKey), 'base64');
    const hash = createHash('sha256');
    const content = hashing(uploadContent(this.database, this.objects, upload.id), hash);
    const total = Object.values(plan.content.counts).reduce((sum, count) => sum + count, 0);
    const loader = new GenerationLoader(this.database, this.sealer, generationId);
    const backup = await openBackup(content, fileKey, { limits: this.settings.limits }).catch(
      (error: unknown) => {
        throw changedInstead(error);
      },
    );
    try {
      let rows = 0;
      for await (const batch of backup.batches()) {
        await loader.add(batch.section, batch.rows);
        rows += batch.rows.length;
        await run.report({ stage: 'Loading', rows, progress: (loadingShare * rows) / total });
        await this.checkpoint('mid-load');
      }
      const proof = await loader.finish();
      if (hash.digest('hex') !== upload.sha256) throw new UploadChanged();
      return proof;
    } catch (error) {
      throw changedInstead(error);
    } finally {
      await loader.settled();
      await backup.close();
    }
  }

  private async move(run: JobRun, plan: StoredPlan, generationId: string): Promise<void> {
    let change: UnitChange | undefined;
    await this.checkpoint('before move');
    await run.conclude(async (db) => {
      const detail = { jobId: run.job.id, planId: plan.id };
      await this.audit.record(db, {
        event: 'BACKUP_IMPORTED',
        userId: run.job.startedBy,
        unitId: plan.unitId,
        detail,
      });
      const moved = await moveUnit(
        db,
        {
          unitId: plan.unitId,
          atRevision: plan.unitRevision,
          toGenerationId: generationId,
          fromState: plan.generationId ? 'RETIRED' : 'LOADING',
          cause: plan.generationId ? 'UNDO' : 'IMPORT',
          byUserId: run.job.startedBy,
          jobId: run.job.id,
          undoableFor: this.settings.retention.undo,
        },
        this.now,
      );
      change = moved.change;
      await logPlan(db, plan.id, change);
      await this.checkpoint('moved, not committed');
      return moved.result;
    });
    await this.checkpoint('import committed, not told');
    if (change) this.topics.publish('unitChanged', plan.unitId, change);
  }

  /** What was loaded is of no use any more: the purge may have it. */
  private async abandon(which: { id: string } | { jobId: string }): Promise<void> {
    await this.database.transaction(({ manager }) =>
      manager.update(GenerationEntity, { ...which, state: 'LOADING' }, { state: 'PURGING' }),
    );
  }

  private async unitOf({ unitId }: StoredPlan): Promise<UnitEntity> {
    return this.database.read(({ manager }) => manager.findOneByOrFail(UnitEntity, { id: unitId }));
  }
}

async function* hashing(content: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
}

/** The file was whole when it was validated: where it is not any more, its bytes in the store are others. */
function changedInstead(error: unknown): unknown {
  return isBackupError(error) && brokenFile.has(error.code) ? new UploadChanged() : error;
}
