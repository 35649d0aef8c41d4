import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { type Context } from '../graphql/context';
import { JobType, jobType } from '../job/job.type';
import { BackupUploadType, ExportBackupInput, ImportBackupInput, ValidateBackupInput } from './backup.type';
import { type BackupUploadEntity } from './backup.entity';
import { type ExportService } from './export/export.service';
import { type ImportService } from './import/import.service';
import { type UndoService } from './import/undo.service';
import { type BackupRejection } from './rejection';
import { type UploadService } from './upload/upload.service';
import { type ValidationService } from './validation/validation.service';

@Resolver()
export class BackupResolver {
  constructor(
    private readonly exports: ExportService,
    private readonly uploads: UploadService,
    private readonly validations: ValidationService,
    private readonly imports: ImportService,
    private readonly undos: UndoService,
  ) {}

  @Query(() => BackupUploadType, {
    nullable: true,
    description: 'An upload, and what can be seen to be wrong with the file. Admins only.',
  })
  async backupUpload(
    @Arg('id', () => ID, { description: 'Id of the upload.' }) id: string,
    @Ctx() { actor }: Context,
  ): Promise<BackupUploadType> {
    return uploadType(await this.uploads.find(actor, id));
  }

  @Mutation(() => JobType, {
    description: 'Write the unit’s whole configuration, as it is live now, into one encrypted file.',
  })
  async exportBackup(
    @Arg('input', { description: 'Of which unit, under which password.' }) input: ExportBackupInput,
    @Ctx() { actor }: Context,
  ): Promise<JobType> {
    return jobType(await this.exports.begin(actor, { ...input, note: input.note ?? undefined }));
  }

  @Mutation(() => JobType, {
    description: 'Read an uploaded file and work out what importing it would change. Changes nothing itself.',
  })
  async validateBackup(
    @Arg('input', { description: 'Which upload, with which password.' }) input: ValidateBackupInput,
    @Ctx() { actor }: Context,
  ): Promise<JobType> {
    return jobType(await this.validations.begin(actor, input));
  }

  @Mutation(() => JobType, {
    description: 'Replace the unit’s whole configuration as a plan says: all of it, or nothing.',
  })
  async importBackup(
    @Arg('input', { description: 'Which plan.' }) input: ImportBackupInput,
    @Ctx() { actor }: Context,
  ): Promise<JobType> {
    return jobType(await this.imports.begin(actor, input));
  }

  @Mutation(() => JobType, {
    description:
      'Go back to what an import replaced, until `undoableUntil` of its job. Where the unit was changed since, the job ends with a plan to look at first.',
  })
  async undoImport(
    @Arg('jobId', () => ID, { description: 'Id of the import’s job.' }) jobId: string,
    @Ctx() { actor }: Context,
  ): Promise<JobType> {
    return jobType(await this.undos.begin(actor, jobId));
  }
}

const uploadType = (upload: BackupUploadEntity): BackupUploadType => ({
  id: upload.id,
  receivedBytes: Number(upload.received),
  size: upload.size === null ? null : Number(upload.size),
  complete: upload.complete,
  expiresAt: upload.expiresAt,
  rejected: upload.rejected === null ? null : (JSON.parse(upload.rejected) as BackupRejection),
});
