import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TextColumn, TimeColumn } from '../storage/columns';

/** Something worth asking about later: a sign-in, an export, a secret that was read. Never holds a secret itself. */
@Entity('audit')
export class AuditEntity {
  @PrimaryIdColumn() id!: string;
  @TimeColumn() at!: Date;
  @Column('varchar', { length: 40 }) event!: string;
  @IdColumn({ name: 'user_id', nullable: true }) userId!: string | null;
  @IdColumn({ name: 'unit_id', nullable: true }) unitId!: string | null;
  /** JSON object. */
  @TextColumn() detail!: string;
}
