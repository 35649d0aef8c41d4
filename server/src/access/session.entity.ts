import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TimeColumn } from '../storage/columns';

/** A signed-in browser. */
@Entity('session')
export class SessionEntity {
  @PrimaryIdColumn() id!: string;
  /** SHA-256 of the cookie's random token, hex. Unique. */
  @Column('varchar', { name: 'token_hash', length: 64 }) tokenHash!: string;
  @IdColumn({ name: 'user_id' }) userId!: string;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  @TimeColumn({ name: 'last_used_at' }) lastUsedAt!: Date;
  @TimeColumn({ name: 'expires_at' }) expiresAt!: Date;
}
