import { Column, Entity } from 'typeorm';
import { PrimaryIdColumn, TextColumn } from '../../storage/columns';

/** A profile of one generation. */
@Entity('profile')
export class ProfileEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryIdColumn() id!: string;
  @Column('varchar', { length: 200 }) name!: string;
  /** Name key of the name, unique in the generation. */
  @Column('varchar', { name: 'name_key', length: 600 }) nameKey!: string;
  /** JSON: sorted list of roles. */
  @TextColumn() roles!: string;
}

/** A workspace's place in a profile. */
@Entity('profile_workspace')
export class ProfileWorkspaceEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryIdColumn({ name: 'profile_id' }) profileId!: string;
  @PrimaryIdColumn({ name: 'workspace_id' }) workspaceId!: string;
  /** From 0, without gaps. */
  @Column('integer') position!: number;
}
