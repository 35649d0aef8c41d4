import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TimeColumn } from '../storage/columns';

/** An invitation or a password reset, handed over as a link. Used once. */
@Entity('one_time_link')
export class OneTimeLinkEntity {
  @PrimaryIdColumn() id!: string;
  /** SHA-256 of the link's random token, hex. Unique. */
  @Column('varchar', { name: 'token_hash', length: 64 }) tokenHash!: string;
  @IdColumn({ name: 'user_id' }) userId!: string;
  @Column('varchar', { length: 16 }) purpose!: 'INVITATION' | 'RESET';
  /** Sealed token, so that admins can be shown the link of an invitation again. */
  @Column('varchar', { name: 'sealed_token', length: 500 }) sealedToken!: string;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  @TimeColumn({ name: 'expires_at' }) expiresAt!: Date;
}
