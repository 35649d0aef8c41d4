import { type Clock } from '../access/clock';
import { type Database } from '../storage/database';
import { AuditPurge } from './audit-purge';
import { HistoryPurge } from './history-purge';

/** How long what has happened is remembered, ms; none: for good. */
export interface RecordRetention {
  /** The change log, and safe modes and jobs that have ended. */
  history?: number;
  audit?: number;
}

/** The rounds that forget what is not to be kept for good. */
export function forgetting(
  database: Database,
  { history, audit }: RecordRetention,
  now: Clock,
): (() => Promise<void>)[] {
  const purges = [
    history !== undefined && new HistoryPurge(database, history, now),
    audit !== undefined && new AuditPurge(database, audit, now),
  ];
  return purges.flatMap((purge) => (purge ? [() => purge.purge()] : []));
}
