import { Column, Entity } from 'typeorm';
import { type Role } from '../access/role';
import { PrimaryIdColumn, TimeColumn } from '../storage/columns';

/** A user's role in a unit. */
@Entity('membership')
export class MembershipEntity {
  @PrimaryIdColumn({ name: 'unit_id' }) unitId!: string;
  @PrimaryIdColumn({ name: 'user_id' }) userId!: string;
  @Column('varchar', { length: 16 }) role!: Role;
  @TimeColumn({ name: 'created_at' }) createdAt!: Date;
}
