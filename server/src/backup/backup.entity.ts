import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TextColumn, TimeColumn } from '../storage/columns';

/** A file on its way in, or arrived. Goes when its time is over. */
@Entity('backup_upload')
export class BackupUploadEntity {
  @PrimaryIdColumn() id!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  @IdColumn({ name: 'user_id' }) userId!: string;
  /** Bytes announced; none where the whole file comes in one request of unknown length. */
  @Column('bigint', { nullable: true }) size!: string | null;
  /** Bytes stored. */
  @Column('bigint') received!: string;
  @Column('boolean') complete!: boolean;
  /** SHA-256 of the whole file, hex, once complete. */
  @Column('varchar', { length: 64, nullable: true }) sha256!: string | null;
  /** JSON of what is already seen to be wrong with it. */
  @TextColumn({ nullable: true }) rejected!: string | null;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  @TimeColumn({ name: 'expires_at' }) expiresAt!: Date;
}

/** One request's worth of an upload, stored as one immutable object. */
@Entity('backup_upload_part')
export class BackupUploadPartEntity {
  @PrimaryIdColumn({ name: 'upload_id' }) uploadId!: string;
  @PrimaryColumn('bigint', { name: 'byte_offset' }) offset!: string;
  @Column('bigint') size!: string;
  @Column('varchar', { name: 'object_key', length: 300 }) objectKey!: string;
}

/** An own export: a cut or damaged copy of it is recognised before any password is asked. */
@Entity('backup_register')
export class BackupRegisterEntity {
  @PrimaryIdColumn({ name: 'backup_id' }) backupId!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  /** SHA-256 of the whole file, hex. */
  @Column('varchar', { length: 64 }) sha256!: string;
  /** SHA-256 of the file's age header, hex. */
  @Column('varchar', { name: 'header_hash', length: 64 }) headerHash!: string;
  @Column('bigint') bytes!: string;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
}

/** What an import would do, bound to the unit's revision at which it was made. */
@Entity('backup_plan')
export class BackupPlanEntity {
  @PrimaryIdColumn() id!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  /** The validation, or undo, that made it. */
  @IdColumn({ name: 'job_id' }) jobId!: string;
  /** Where the rows come from: an upload, or a generation that an undo goes back to. */
  @IdColumn({ name: 'upload_id', nullable: true }) uploadId!: string | null;
  @IdColumn({ name: 'generation_id', nullable: true }) generationId!: string | null;
  @Column('integer', { name: 'unit_revision' }) unitRevision!: number;
  /** JSON: header, counts, differences, warnings. */
  @TextColumn() content!: string;
  /** The file's own key, sealed under the server key, so that the password need not be kept. */
  @Column('varchar', { name: 'sealed_file_key', length: 300, nullable: true }) sealedFileKey!: string | null;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  @TimeColumn({ name: 'expires_at' }) expiresAt!: Date;
}

/** One object that an import would add, remove or change. */
@Entity('backup_plan_entry')
export class BackupPlanEntryEntity {
  @PrimaryIdColumn({ name: 'plan_id' }) planId!: string;
  @Column('integer', { primary: true }) number!: number;
  @Column('varchar', { length: 16 }) kind!: 'PLUGIN' | 'WORKSPACE' | 'PROFILE' | 'CONFIG_KEY';
  @Column('varchar', { length: 16 }) difference!: 'ADDED' | 'REMOVED' | 'CHANGED';
  @Column('varchar', { name: 'object_id', length: 255 }) objectId!: string;
  @Column('varchar', { name: 'object_name', length: 255 }) objectName!: string;
  /** JSON list of field changes; secrets masked. */
  @TextColumn() fields!: string;
}

/** An export reads this generation: the purge spares it while the job runs. */
@Entity('generation_lease')
export class GenerationLeaseEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryIdColumn({ name: 'job_id' }) jobId!: string;
}
