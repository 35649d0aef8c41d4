import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TimeColumn } from '../storage/columns';

/** How often something limited was tried in the present window: sign-ins, passwords of uploads. */
@Entity('attempt')
export class AttemptEntity {
  /** What is counted, e.g. `sign-in:<SHA-256 of e-mail>`. */
  @PrimaryColumn('varchar', { length: 200 }) subject!: string;
  @Column('integer') count!: number;
  @TimeColumn({ name: 'window_ends_at' }) windowEndsAt!: Date;
}
