import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TimeColumn } from '../storage/columns';

export const changeCauses = ['CREATED', 'EDIT', 'SAFE_MODE', 'IMPORT', 'UNDO'] as const;
/** Why a unit's revision moved. */
export type ChangeCause = (typeof changeCauses)[number];

/** A publication, department or customer with its own configuration. */
@Entity('unit')
export class UnitEntity {
  @PrimaryIdColumn() id!: string;
  @Column('varchar', { length: 200 }) name!: string;
  /** +1 with every change that lands for everybody. */
  @Column('integer') revision!: number;
  @IdColumn({ name: 'live_generation_id' }) liveGenerationId!: string;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  @Column('varchar', { name: 'last_cause', length: 16 }) lastCause!: ChangeCause;
  @IdColumn({ name: 'last_changed_by', nullable: true }) lastChangedBy!: string | null;
  @TimeColumn({ name: 'last_changed_at' }) lastChangedAt!: Date;
}
