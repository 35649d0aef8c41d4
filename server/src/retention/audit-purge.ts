import { type Clock, shifted } from '../access/clock';
import { type Database } from '../storage/database';
import { batch, removeFound } from './batches';

/** Removes what the audit has kept for long enough. */
export class AuditPurge {
  /** @param kept in milliseconds */
  constructor(
    private readonly database: Database,
    private readonly kept: number,
    private readonly now: Clock,
  ) {}

  /** Safe to run at any time, on all servers at once. */
  purge(): Promise<void> {
    return removeFound(
      this.database,
      'audit',
      // Ids follow the time: only the oldest rows are looked at, however many there are.
      `SELECT id FROM (SELECT id, at FROM audit ORDER BY id LIMIT ${batch}) oldest WHERE at < ?`,
      [shifted(this.now(), -this.kept)],
    );
  }
}
