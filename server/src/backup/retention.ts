import { hours } from '../access/clock';

/** How long what backups leave behind is kept, ms. */
export interface BackupRetention {
  /** The file of a finished export, for who made it. */
  exports: number;
  /** An uploaded file, and the plan that was made of it. */
  uploads: number;
  /** What an import has replaced, so that it can be undone. */
  undo: number;
}

export const defaultRetention: BackupRetention = { exports: hours(1), uploads: hours(24), undo: hours(24) };
