import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TextColumn, TimeColumn } from './columns';

/** An object of the object store that is no longer needed: removed after the commit, retried until it is gone. */
@Entity('object_removal')
export class ObjectRemovalEntity {
  @PrimaryColumn('varchar', { name: 'object_key', length: 300 }) objectKey!: string;
  @TimeColumn({ name: 'due_at' }) dueAt!: Date;
  @Column('integer') attempts!: number;
}

/** Facts about the whole installation, such as the check value of the server key. */
@Entity('installation')
export class InstallationEntity {
  @PrimaryColumn('varchar', { length: 60 }) name!: string;
  @TextColumn() value!: string;
}
