import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TextColumn, TimeColumn } from '../../storage/columns';
import { type ChangeCause } from '../../unit/unit.entity';

/** Everything that one write changed for everybody: one new revision of the unit. */
@Entity('change_set')
export class ChangeSetEntity {
  @PrimaryIdColumn() id!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  @Column('integer') revision!: number;
  @Column('varchar', { length: 16 }) cause!: ChangeCause;
  @IdColumn({ name: 'by_user_id', nullable: true }) byUserId!: string | null;
  @TimeColumn() at!: Date;
  @IdColumn({ name: 'job_id', nullable: true }) jobId!: string | null;
}

/** One object's change, with the whole object before and after. */
@Entity('change_entry')
export class ChangeEntryEntity {
  @PrimaryIdColumn({ name: 'unit_id' }) unitId!: string;
  @Column('integer', { primary: true }) revision!: number;
  @Column('integer', { primary: true }) number!: number;
  @Column('varchar', { length: 16 }) kind!: 'PLUGIN' | 'WORKSPACE' | 'PROFILE' | 'CONFIG_KEY';
  @Column('varchar', { name: 'object_id', length: 255 }) objectId!: string;
  @Column('varchar', { name: 'object_name', length: 255 }) objectName!: string;
  @Column('varchar', { length: 16 }) operation!: 'CREATE' | 'UPDATE' | 'DELETE';
  /** JSON of the whole object; secrets sealed. Null for a creation, and for entries of an import. */
  @TextColumn({ nullable: true }) before!: string | null;
  @TextColumn({ nullable: true }) after!: string | null;
  /** JSON list of field changes, where there is no before and after (imports); secrets masked. */
  @TextColumn({ nullable: true }) fields!: string | null;
}
