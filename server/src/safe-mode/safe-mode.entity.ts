import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TimeColumn } from '../storage/columns';

export const safeModeStatuses = ['OPEN', 'APPLIED', 'DISCARDED'] as const;
export type SafeModeStatus = (typeof safeModeStatuses)[number];

/** A safe mode: the pointer to its file, and what lists show of it. */
@Entity('safe_mode')
export class SafeModeEntity {
  @PrimaryIdColumn() id!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  @IdColumn({ name: 'owner_id' }) ownerId!: string;
  @Column('varchar', { length: 200 }) name!: string;
  @Column('varchar', { length: 16 }) status!: SafeModeStatus;
  /** +1 with every file that was written; renaming moves it not. */
  @Column('integer') revision!: number;
  /** Generation of the unit that the tasks were recorded on. */
  @IdColumn({ name: 'generation_id' }) generationId!: string;
  /** The file of this revision. Once closed it is gone, or about to go. */
  @Column('varchar', { name: 'object_key', length: 300 }) objectKey!: string;
  /** SHA-256 of the file, hex. */
  @Column('varchar', { length: 64 }) sha256!: string;
  /** Size of the file; never more than the limit, which a number holds. */
  @Column('bigint', { transformer: { to: String, from: Number } }) bytes!: number;
  @Column('integer', { name: 'task_count' }) taskCount!: number;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  /** When the file was last written. */
  @TimeColumn({ name: 'updated_at' }) updatedAt!: Date;
  /** When and by whom it was applied or discarded. */
  @TimeColumn({ name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @IdColumn({ name: 'closed_by', nullable: true }) closedBy!: string | null;
  /** Revision of the unit that applying it made; none where there was nothing left to write. */
  @Column('integer', { name: 'applied_revision', nullable: true }) appliedRevision!: number | null;
  /** The applied safe mode that this one takes back. */
  @IdColumn({ name: 'undoes_id', nullable: true }) undoesId!: string | null;
}

/** Which safe mode somebody is in: one for all browser sessions of a user in a unit, one for each API token. */
@Entity('active_safe_mode')
export class ActiveSafeModeEntity {
  @PrimaryIdColumn({ name: 'unit_id' }) unitId!: string;
  /** The user, or the API token. */
  @PrimaryIdColumn({ name: 'holder_id' }) holderId!: string;
  @IdColumn({ name: 'user_id' }) userId!: string;
  @IdColumn({ name: 'safe_mode_id' }) safeModeId!: string;
  @TimeColumn({ name: 'entered_at' }) enteredAt!: Date;
}

/** Who is in a safe mode right now, for the bar on everybody's page. */
@Entity('safe_mode_presence')
export class SafeModePresenceEntity {
  @PrimaryIdColumn({ name: 'safe_mode_id' }) safeModeId!: string;
  @PrimaryIdColumn({ name: 'user_id' }) userId!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  @TimeColumn() since!: Date;
  /** Renewed while they are there. */
  @TimeColumn({ name: 'seen_at' }) seenAt!: Date;
}
