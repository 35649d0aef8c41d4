import { Column, Entity, PrimaryColumn } from 'typeorm';
import { PrimaryIdColumn, TextColumn } from '../../storage/columns';

/** A config key of one generation. Its key is its id. */
@Entity('config_key')
export class ConfigKeyEntity {
  @PrimaryIdColumn({ name: 'generation_id' }) generationId!: string;
  @PrimaryColumn('varchar', { length: 255 }) id!: string;
  /** Name key of the key, for search. Not unique: keys that differ in case are different keys. */
  @Column('varchar', { name: 'sort_key', length: 765 }) sortKey!: string;
  /** JSON, or a sealed text where secret. */
  @TextColumn() value!: string;
  @TextColumn({ nullable: true }) description!: string | null;
  @Column('boolean') secret!: boolean;
}
