import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { mustReach } from '../../access/abilities';
import { type Actor } from '../../access/actor';
import { type Audit } from '../../access/audit';
import { type Clock, hours, shifted } from '../../access/clock';
import { type Checkpoint } from '../../checkpoint';
import { type JobRun } from '../../job/job-run';
import { type JobEntity } from '../../job/job.entity';
import { type JobService } from '../../job/job.service';
import { BadUserInput, NotFound } from '../../refusal';
import { CommitInDoubt } from '../../storage/certain-write';
import { type Database, type Db } from '../../storage/database';
import { type ObjectStore } from '../../storage/object-store';
import { removeObjectAt } from '../../storage/object-removal';
import { type Sealer } from '../../storage/sealer';
import { type UnitEntity } from '../../unit/unit.entity';
import { findUnit } from '../../unit/find-unit';
import { BackupRegisterEntity, GenerationLeaseEntity } from '../backup.entity';
import { type BackupSettings, mustBackUp } from '../backup-permission';
import { openHeader } from '../format/age/age-stream';
import { type FileKey } from '../format/age/age-work';
import { type BackupLimits } from '../format/limits';
import { type BackupFacts } from '../format/lines/backup-header';
import { type BackupProof } from '../format/lines/footer';
import { passwordProblem } from '../format/password';
import { type RegisterFacts, RegisterPass } from '../format/register';
import { verifyExport } from '../format/verify';
import { writeBackup } from '../format/writer';
import { refusalOf } from '../refusal-of';
import { type BackupRetention } from '../retention';
import { countSections } from '../sections/read';
import { type ExportResult, exportResultOf, isDownloadableBy } from './export-result';
import { exportSource } from './export-source';
import { backupFileName } from './file-name';

const longestNote = 1_000;
/** What a crash leaves behind goes after this time. */
const remainsFor = hours(24);
/** Share of the progress bar for writing; the rest is for checking. */
const writingShare = 0.7;

export interface ExportOrder {
  unitId: string;
  password: string;
  note?: string;
}

export interface ExportSettings extends BackupSettings {
  appVersion: string;
  /** Binary logarithm of the scrypt cost of new files. */
  workFactor: number;
  limits: BackupLimits;
  retention: BackupRetention;
}

/** The file as it was written, its key found again with the password. */
interface Written {
  proof: BackupProof;
  register: RegisterFacts;
  fileKey: FileKey;
  facts: BackupFacts;
}

/** Exports a unit's configuration as one encrypted file. */
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly sealer: Sealer,
    private readonly jobs: JobService,
    private readonly audit: Audit,
    private readonly settings: ExportSettings,
    private readonly now: Clock,
    private readonly checkpoint: Checkpoint,
  ) {}

  /** Begins an export. Throws `BadUserInput` for a password or note that will not do, `Busy`, `BackupDisabled`. */
  async begin(actor: Actor | undefined, { unitId, password, note }: ExportOrder): Promise<JobEntity> {
    mustBackUp(actor, unitId, this.settings);
    const problem = passwordProblem(password);
    if (problem) throw new BadUserInput([{ path: 'input.password', message: problem }]);
    if ((note?.length ?? 0) > longestNote)
      throw new BadUserInput([
        { path: 'input.note', message: `must have at most ${longestNote} characters` },
      ]);

    const createdBy = { id: actor.userId, name: actor.name };
    return this.jobs.begin(actor, { unitId, kind: 'EXPORT', input: {} }, (run) =>
      this.export(run, password, { createdBy, note: note || undefined }),
    );
  }

  /** The file of a finished export, for the admin who made it. Throws `NotFound`, also when the time is up. */
  async downloadable(actor: Actor | undefined, jobId: string): Promise<ExportResult> {
    const job = mustReach(actor, 'backUp', await this.jobs.known(jobId), 'export');
    mustBackUp(actor, job.unitId, this.settings);
    if (!isDownloadableBy(actor, job, this.now())) throw new NotFound('export');
    return exportResultOf(job)!;
  }

  private async export(
    run: JobRun,
    password: string,
    by: Pick<BackupFacts, 'createdBy' | 'note'>,
  ): Promise<void> {
    const objectKey = `exports/${run.job.id}.backup.age`;
    await this.database.transaction((db) => removeObjectAt(db, objectKey, shifted(this.now(), remainsFor)));
    try {
      await this.checkpoint('export announced');
      const written = await this.database.snapshot((db) => this.write(db, run, objectKey, password, by));
      await this.checkpoint('export written');
      await this.verify(run, objectKey, written);
      await this.checkpoint('export checked');
      await run.conclude((db) => this.finish(db, run, objectKey, written));
    } catch (error) {
      // Where this fails, or the export may be done all the same, the object goes later, by the time that was set.
      if (!(error instanceof CommitInDoubt)) {
        await this.database
          .transaction((db) => removeObjectAt(db, objectKey, this.now()))
          .catch(() => undefined);
      }
      throw refusalOf(error);
    } finally {
      // Where this fails the purge forgets it.
      await this.database
        .transaction(({ manager }) => manager.delete(GenerationLeaseEntity, { jobId: run.job.id }))
        .catch(() => undefined);
    }
  }

  private async write(
    db: Db,
    run: JobRun,
    objectKey: string,
    password: string,
    by: Pick<BackupFacts, 'createdBy' | 'note'>,
  ): Promise<Written> {
    await run.report({ stage: 'Reading the configuration' });
    const unit = await findUnit(db, run.job.unitId);
    if (!unit) throw new NotFound('unit');
    const generationId = unit.liveGenerationId;
    await this.database.transaction(({ manager }) =>
      manager.insert(GenerationLeaseEntity, { generationId, jobId: run.job.id }),
    );

    let facts: BackupFacts | undefined;
    // Rows are counted while the key is derived.
    const countedFacts = async () => (facts = await this.factsOf(db, unit, by));
    const source = exportSource(db, generationId, this.sealer, (rows) =>
      run.report({ stage: 'Writing the file', rows, progress: (writingShare * rows) / rowsOf(facts!) }),
    );
    let proof: BackupProof | undefined;
    const bytes = writeBackup(countedFacts, source, {
      password,
      workFactor: this.settings.workFactor,
      onProof: (proven) => (proof = proven),
    });
    const register = new RegisterPass(this.settings.limits);
    const fileKey = new KeyOnceKnown(register, password);
    await this.objects.put(
      objectKey,
      Readable.from(fileKey.through(register.through(bytes)), { objectMode: false }),
    );
    return { proof: proof!, register: register.facts(), fileKey: await fileKey.found(), facts: facts! };
  }

  private async factsOf(
    db: Db,
    unit: UnitEntity,
    by: Pick<BackupFacts, 'createdBy' | 'note'>,
  ): Promise<BackupFacts> {
    return {
      backupId: uuidv7(),
      createdAt: this.now().toISOString(),
      ...by,
      appVersion: this.settings.appVersion,
      unit: { id: unit.id, name: unit.name, environment: this.settings.environment },
      unitRevision: unit.revision,
      counts: await countSections(db, unit.liveGenerationId),
    };
  }

  /** What the store gives back is opened with the key that the password gives: only then the file is offered. */
  private async verify(run: JobRun, objectKey: string, { proof, register, fileKey }: Written): Promise<void> {
    const file = await this.objects.get(objectKey);
    let read = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of file as AsyncIterable<Uint8Array>) {
        read += chunk.byteLength;
        const share = read / register.fileBytes;
        await run.report({ stage: 'Checking the file', progress: writingShare + (1 - writingShare) * share });
        yield chunk;
      }
    }
    await verifyExport(counted(), fileKey, proof, { limits: this.settings.limits });
  }

  private async finish(
    db: Db,
    run: JobRun,
    objectKey: string,
    { register, facts }: Written,
  ): Promise<ExportResult> {
    const { unitId, startedBy } = run.job;
    const { fileBytes: bytes, sha256 } = register;
    await db.manager.insert(BackupRegisterEntity, {
      backupId: facts.backupId,
      unitId,
      sha256,
      headerHash: register.headerSha256,
      bytes: String(bytes),
      createdAt: this.now(),
    });
    const until = shifted(this.now(), this.settings.retention.exports);
    await removeObjectAt(db, objectKey, until);
    const detail = { backupId: facts.backupId, rows: rowsOf(facts) };
    await this.audit.record(db, { event: 'BACKUP_EXPORTED', userId: startedBy, unitId, detail });
    await this.checkpoint('export noted, not committed');
    const fileName = backupFileName(facts.unit.name, this.now());
    return { objectKey, fileName, bytes, sha256, downloadableUntil: until.toISOString() };
  }
}

const rowsOf = ({ counts }: BackupFacts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Derives the key of a file from its password while the file is still being written. */
class KeyOnceKnown {
  private key: Promise<FileKey> | undefined;

  constructor(
    private readonly register: RegisterPass,
    private readonly password: string,
  ) {}

  async *through(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of file) {
      this.key ??= this.derive();
      yield chunk;
    }
  }

  found(): Promise<FileKey> {
    return this.key ?? openHeader(this.register.header(), this.password);
  }

  private derive(): Promise<FileKey> | undefined {
    try {
      const key = openHeader(this.register.header(), this.password);
      key.catch(() => undefined);
      return key;
    } catch {
      // The header has not passed in full.
      return undefined;
    }
  }
}
