import { Column, Entity } from 'typeorm';
import { PrimaryIdColumn, TimeColumn } from '../storage/columns';

/** How a server tells the others: not at all, by Redis, or by a Redis that it cannot reach now. */
export const messageWays = ['NONE', 'REDIS', 'REDIS_AWAY'] as const;
export type MessageWay = (typeof messageWays)[number];

/** A server that runs on this database. */
@Entity('server_process')
export class ServerProcessEntity {
  /** New at each start. */
  @PrimaryIdColumn() id!: string;
  @Column('varchar', { length: 255 }) host!: string;
  /** Where its process id counts; see `thisProcess`. */
  @Column('varchar', { length: 64 }) machine!: string;
  @Column('integer') pid!: number;
  @Column('varchar', { length: 40 }) version!: string;
  @Column('varchar', { length: 16 }) messages!: MessageWay;
  @TimeColumn({ name: 'started_at' }) startedAt!: Date;
  /** Renewed while it runs; past it the server is taken for dead. */
  @TimeColumn({ name: 'lease_until' }) leaseUntil!: Date;
}
