import { v7 as uuidv7 } from 'uuid';
import { type Actor } from '../../access/actor';
import { type AttemptLimiter } from '../../access/attempt-limiter';
import { type Audit } from '../../access/audit';
import { type Clock, minutes } from '../../access/clock';
import { type JobRun } from '../../job/job-run';
import { type JobEntity } from '../../job/job.entity';
import { type JobService } from '../../job/job.service';
import { BadUserInput, NotFound } from '../../refusal';
import { type Database, type Db } from '../../storage/database';
import { type ObjectStore } from '../../storage/object-store';
import { type Sealer } from '../../storage/sealer';
import { UnitEntity } from '../../unit/unit.entity';
import { type BackupUploadEntity } from '../backup.entity';
import { type BackupSettings } from '../backup-permission';
import { inspectAgeHeader } from '../format/age/age-header';
import { openHeader } from '../format/age/age-stream';
import { type FileKey } from '../format/age/age-work';
import { type BackupLimits } from '../format/limits';
import { openBackup } from '../format/reader';
import { PlanComparison } from '../plan/plan-comparison';
import { type PlanEntry } from '../plan/plan-content';
import { PlanDraft } from '../plan/plan-draft';
import { type PlanStore, type StoredPlan } from '../plan/plan.store';
import { unknownOwnerWarning } from '../plan/owner-warning';
import { type BackupRejection, isBackupError, rejectionOf } from '../rejection';
import { refusalOf } from '../refusal-of';
import { textRows } from '../sections/text-rows';
import { firstBytes, uploadContent } from '../upload/upload-content';
import { type UploadService } from '../upload/upload.service';
import { otherUnitWarning } from './other-unit';
import { ordinaryValidation } from './row-faults';

const passwordTries = { tries: 10, within: minutes(15) };

export interface ValidationOrder {
  unitId: string;
  uploadId: string;
  password: string;
}

/** Result of a validation's job. */
export type ValidationResult = { planId: string } | { rejected: BackupRejection };

export interface ValidationSettings extends BackupSettings {
  limits: BackupLimits;
}

/** A validated file: what an import of it would do. */
interface Validated {
  plan: Omit<StoredPlan, 'id' | 'sealedFileKey'>;
  entries: PlanEntry[];
}

/** Reads a whole uploaded file, judges it and works out what importing it would change. Writes no unit data. */
export class ValidationService {
  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly sealer: Sealer,
    private readonly jobs: JobService,
    private readonly uploads: UploadService,
    private readonly plans: PlanStore,
    private readonly tries: AttemptLimiter,
    private readonly audit: Audit,
    private readonly settings: ValidationSettings,
    private readonly now: Clock,
  ) {}

  /** Begins a validation. Throws `NotFound`, `UPLOAD_EXPIRED`, `RATE_LIMITED`, `Busy`, `BackupDisabled`. */
  async begin(actor: Actor | undefined, { unitId, uploadId, password }: ValidationOrder): Promise<JobEntity> {
    const upload = await this.uploads.arrived(await this.uploads.own(actor, uploadId));
    if (upload.unitId !== unitId) throw new NotFound('upload');
    if (!upload.complete)
      throw new BadUserInput([
        { path: 'input.uploadId', message: 'has not arrived in full; finish the upload first' },
      ]);
    this.jobs.mustHaveRoom('VALIDATE');
    if (!upload.rejected) await this.tries.take(triesOf(upload), passwordTries);
    return this.jobs.begin(actor!, { unitId, kind: 'VALIDATE', input: { uploadId } }, (run) =>
      this.validate(run, upload, password),
    );
  }

  private async validate(run: JobRun, upload: BackupUploadEntity, password: string): Promise<void> {
    if (upload.rejected) return this.reject(run, JSON.parse(upload.rejected) as BackupRejection);
    try {
      await run.report({ stage: 'Opening the file' });
      const fileKey = await this.openWith(upload, password);
      const { plan, entries } = await this.database.snapshot((db) => this.compare(db, run, upload, fileKey));
      await run.conclude(async ({ manager }) => {
        const id = uuidv7();
        const sealedFileKey = this.sealer.seal(Buffer.from(fileKey).toString('base64'));
        await this.plans.insert(manager, { ...plan, id, sealedFileKey }, entries);
        return { planId: id } satisfies ValidationResult;
      });
    } catch (error) {
      if (!isBackupError(error)) throw refusalOf(error);
      await this.reject(run, rejectionOf(error));
    }
  }

  /** The password is tried; a right one gives its try back, a wrong one is audited. */
  private async openWith(upload: BackupUploadEntity, password: string): Promise<FileKey> {
    const { limits } = this.settings;
    const start = await firstBytes(this.content(upload), limits.ageHeaderBytes);
    const header = inspectAgeHeader(start, Number(upload.size), limits);
    try {
      const fileKey = await openHeader(header, password);
      await this.tries.giveBack(triesOf(upload));
      return fileKey;
    } catch (error) {
      const { id, unitId, userId } = upload;
      if (isBackupError(error) && error.is('WRONG_PASSWORD'))
        await this.audit.note({ event: 'BACKUP_PASSWORD_FAILED', userId, unitId, detail: { uploadId: id } });
      throw error;
    }
  }

  private async compare(
    db: Db,
    run: JobRun,
    upload: BackupUploadEntity,
    fileKey: FileKey,
  ): Promise<Validated> {
    const unit = await db.manager.findOneByOrFail(UnitEntity, { id: upload.unitId });
    const draft = new PlanDraft();
    const comparison = new PlanComparison(db, unit.liveGenerationId, this.sealer, draft);
    const owners = new Set<string>();
    let read = 0;
    const counted = counting(this.content(upload), (bytes) => (read += bytes));
    const backup = await openBackup(counted, fileKey, {
      limits: this.settings.limits,
      faults: ordinaryValidation(),
    });
    try {
      let rows = 0;
      for await (const batch of backup.batches()) {
        const texts = textRows(batch.section, batch.rows);
        await comparison.take(batch.section, texts);
        if (batch.section === 'workspaces') for (const { owner } of batch.rows) if (owner) owners.add(owner);
        rows += batch.rows.length;
        await run.report({ stage: 'Reading the file', rows, progress: (0.98 * read) / Number(upload.size) });
      }
      await comparison.end();
    } finally {
      await backup.close();
      await comparison.close();
    }
    const entries = draft.finish();
    const { header } = backup;
    const warnings = [
      otherUnitWarning(header, unit, this.settings.environment),
      await unknownOwnerWarning(db, unit.id, owners),
      ...backup.warnings(),
    ].filter((warning) => warning !== undefined);
    const counts = header.counts;
    return {
      plan: {
        unitId: unit.id,
        jobId: run.job.id,
        uploadId: upload.id,
        generationId: null,
        unitRevision: unit.revision,
        content: { header, counts, warnings, ...draft.counts },
        createdAt: this.now(),
        expiresAt: upload.expiresAt,
      },
      entries,
    };
  }

  private reject(run: JobRun, rejected: BackupRejection): Promise<void> {
    return run.conclude(() => Promise.resolve({ rejected } satisfies ValidationResult));
  }

  private content(upload: BackupUploadEntity): AsyncGenerator<Uint8Array> {
    return uploadContent(this.database, this.objects, upload.id);
  }
}

const triesOf = ({ id, userId }: BackupUploadEntity) => ({ kind: 'backup-password', of: `${userId} ${id}` });

async function* counting(
  content: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    count(chunk.byteLength);
    yield chunk;
  }
}
