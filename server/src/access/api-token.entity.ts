import { Column, Entity } from 'typeorm';
import { IdColumn, PrimaryIdColumn, TimeColumn } from '../storage/columns';
import { type Role } from './role';

/** A script's key to one unit. Acts with the lower of its role and its user's present role. */
@Entity('api_token')
export class ApiTokenEntity {
  @PrimaryIdColumn() id!: string;
  /** SHA-256 of the secret, hex. Unique. */
  @Column('varchar', { name: 'token_hash', length: 64 }) tokenHash!: string;
  @IdColumn({ name: 'user_id' }) userId!: string;
  @IdColumn({ name: 'unit_id' }) unitId!: string;
  @Column('varchar', { length: 200 }) name!: string;
  @Column('varchar', { length: 16 }) role!: Role;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
  @TimeColumn({ name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @TimeColumn({ name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
}
