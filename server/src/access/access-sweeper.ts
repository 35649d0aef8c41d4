import { type Database } from '../storage/database';
import { type Clock } from './clock';
import { type SessionService } from './session.service';

/** Removes what nobody can use any more: sessions that are over, links that are too old, tries that are forgotten. */
export class AccessSweeper {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly now: Clock,
  ) {}

  /** Safe to run at any time, on all servers at once. */
  async sweep(): Promise<void> {
    const now = this.now();
    await this.database.transaction(async (db) => {
      await db.run('DELETE FROM session WHERE expires_at <= ? OR last_used_at <= ?', [
        now,
        this.sessions.idleSince(),
      ]);
      await db.run('DELETE FROM one_time_link WHERE expires_at <= ?', [now]);
      await db.run('DELETE FROM attempt WHERE window_ends_at <= ?', [now]);
    });
  }
}
