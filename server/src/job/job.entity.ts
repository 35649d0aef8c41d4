import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TextColumn, TimeColumn } from '../storage/columns';

export const jobStates = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type JobState = (typeof jobStates)[number];
export const jobKinds = ['EXPORT', 'VALIDATE', 'IMPORT', 'UNDO_IMPORT'] as const;
export type JobKind = (typeof jobKinds)[number];

/** Long work of a unit. The row is the truth: it survives the page and the process. */
@Entity('job')
export class JobEntity {
  @PrimaryIdColumn() id!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  @Column('varchar', { length: 16 }) kind!: JobKind;
  @Column('varchar', { length: 16 }) state!: JobState;
  @IdColumn({ name: 'started_by' }) startedBy!: string;
  /** In words, for the progress bar. */
  @Column('varchar', { length: 60, nullable: true }) stage!: string | null;
  /** 0 to 1, never falling. */
  @Column('double') progress!: number;
  /** Rows read or written so far. */
  @Column('integer') rows!: number;
  /** JSON that the kind of job needs to run and to answer; never holds a password. */
  @TextColumn() input!: string;
  @TextColumn({ nullable: true }) result!: string | null;
  @Column('varchar', { name: 'error_code', length: 40, nullable: true }) errorCode!: string | null;
  @TextColumn({ name: 'error_message', nullable: true }) errorMessage!: string | null;
  /** The client's own id of the request: a resend gets the same job. Unique per unit. */
  @Column('varchar', { name: 'idempotency_key', length: 100, nullable: true }) idempotencyKey!: string | null;
  /** The server process that runs it. */
  @IdColumn({ name: 'lease_owner', nullable: true }) leaseOwner!: string | null;
  /** Renewed while the job runs; past it the server is taken for dead. */
  @TimeColumn({ name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  /** How often another server had to take it over. */
  @Column('integer') takeovers!: number;
  @Column('boolean', { name: 'cancel_asked' }) cancelAsked!: boolean;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  @TimeColumn({ name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}
