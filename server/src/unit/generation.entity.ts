import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TimeColumn } from '../storage/columns';

/**
 * LOADING: an import writes it, nobody sees it. LIVE: the unit points at it. RETIRED: replaced by an import, kept for
 * undo until `purgeAfter`. PURGING: being removed in small batches.
 */
export type GenerationState = 'LOADING' | 'LIVE' | 'RETIRED' | 'PURGING';

/** One complete stored configuration of a unit. */
@Entity('generation')
export class GenerationEntity {
  @PrimaryIdColumn() id!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  @Column('varchar', { length: 16 }) origin!: 'CREATED' | 'IMPORT';
  @Column('varchar', { length: 16 }) state!: GenerationState;
  /** The job that loads or loaded it. */
  @IdColumn({ name: 'job_id', nullable: true }) jobId!: string | null;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  /** The purge leaves it alone until then. */
  @TimeColumn({ name: 'purge_after', nullable: true }) purgeAfter!: Date | null;
}
