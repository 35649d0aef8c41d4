import { Column, Entity, PrimaryColumn } from 'typeorm';
import { PrimaryIdColumn, TextColumn, TimeColumn } from '../storage/columns';

/** An operation that was carried out, so that a resend does nothing twice. Kept for 24 hours. */
@Entity('operation')
export class OperationEntity {
  @PrimaryIdColumn({ name: 'unit_id' }) unitId!: string;
  @PrimaryIdColumn({ name: 'user_id' }) userId!: string;
  /** The client's own id. */
  @PrimaryColumn('varchar', { length: 100 }) id!: string;
  @Column('varchar', { length: 40 }) mutation!: string;
  /** The object that it created, changed or removed. */
  @TextColumn() target!: string;
  @TimeColumn() at!: Date;
}
