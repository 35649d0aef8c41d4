import { Column, Entity } from 'typeorm';
import { PrimaryIdColumn, TextColumn, TimeColumn } from '../storage/columns';

/** An account. Never deleted, so that what it made keeps its author. */
@Entity('user')
export class UserEntity {
  @PrimaryIdColumn() id!: string;
  /** Normalised: trimmed, NFC, case-folded. Unique. */
  @Column('varchar', { length: 254 }) email!: string;
  @Column('varchar', { length: 200 }) name!: string;
  /** argon2id; none until an invitation is accepted. */
  @TextColumn({ name: 'password_hash', nullable: true }) passwordHash!: string | null;
  @Column('boolean', { name: 'organisation_admin' }) organisationAdmin!: boolean;
  @Column('boolean') active!: boolean;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
}
