import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TextColumn } from '../../storage/columns';

/** A workspace of one generation. */
@Entity('workspace')
export class WorkspaceEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryIdColumn() id!: string;
  @Column('varchar', { length: 200 }) name!: string;
  /** Name key of the name, for search and order. Not unique. */
  @Column('varchar', { name: 'sort_key', length: 600 }) sortKey!: string;
  /** JSON. */
  @TextColumn({ nullable: true }) icon!: string | null;
  @Column('varchar', { length: 40 }) layout!: string;
  @Column('boolean') shared!: boolean;
  /** Normalised e-mail. An address, not an id, so that it survives a move to another installation. */
  @Column('varchar', { length: 254, nullable: true }) owner!: string | null;
}

/** An application in an area of a workspace. Its place is (area, position, id). */
@Entity('application')
export class ApplicationEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryIdColumn() id!: string;
  @IdColumn({ name: 'workspace_id' }) workspaceId!: string;
  @IdColumn({ name: 'plugin_id' }) pluginId!: string;
  @Column('varchar', { length: 40 }) area!: string;
  @Column('integer') position!: number;
  /** JSON. */
  @TextColumn() configuration!: string;
}
