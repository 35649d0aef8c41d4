import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TextColumn } from '../../storage/columns';

/** A plugin as installed in one generation. */
@Entity('plugin')
export class PluginEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryIdColumn() id!: string;
  @Column('varchar', { length: 200 }) bundle!: string;
  /** Name key of the bundle, unique in the generation. */
  @Column('varchar', { name: 'name_key', length: 600 }) nameKey!: string;
  /** From the manifest, for lists. */
  @Column('varchar', { length: 200 }) name!: string;
  /** Name key of the name, for search and order. */
  @Column('varchar', { name: 'sort_key', length: 600 }) sortKey!: string;
  /** JSON. */
  @TextColumn() manifest!: string;
  @Column('varchar', { name: 'manifest_url', length: 2000, nullable: true }) manifestUrl!: string | null;
  @Column('boolean') enabled!: boolean;
  /** JSON; the values of the manifest's secret keys are sealed. */
  @TextColumn() configuration!: string;
  /** JSON: permission id → roles. */
  @TextColumn() permissions!: string;
}

/** What a plugin requires → which plugin's exposed action or portal serves it. */
@Entity('plugin_mapping')
export class PluginMappingEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryIdColumn({ name: 'plugin_id' }) pluginId!: string;
  @PrimaryColumn('varchar', { length: 200 }) required!: string;
  @IdColumn({ name: 'target_plugin_id' }) targetPluginId!: string;
  @Column('varchar', { length: 200 }) name!: string;
}
