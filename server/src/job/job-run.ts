import { certainWrite } from '../storage/certain-write';
import { type Database, type Db } from '../storage/database';
import { JobEntity } from './job.entity';
import { LeaseLost } from './job-errors';

/** Progress is written, and told to others, at most this often. */
const writeEvery = 300;

export interface Progress {
  /** In words, for the progress bar. */
  stage?: string;
  /** 0 to 1. */
  progress?: number;
  rows?: number;
}

/** What a job's work is given: tells how far it is, and ends it together with its last write. */
export class JobRun {
  private latest: Required<Progress>;
  private writtenAt = 0;
  private concluding = false;

  constructor(
    readonly job: Readonly<JobEntity>,
    /** Aborted with the reason when the work is to stop. */
    readonly signal: AbortSignal,
    private readonly database: Database,
    private readonly owner: string,
    private readonly leaseEnd: () => Date,
    private readonly changed: (jobId: string) => void,
  ) {
    this.latest = { stage: job.stage ?? '', progress: job.progress, rows: 0 };
  }

  get isConcluding(): boolean {
    return this.concluding;
  }

  /** Says how far the work is; progress that would fall is ignored. Throws when the work is to stop. */
  async report({ stage, progress, rows }: Progress): Promise<void> {
    this.signal.throwIfAborted();
    const newStage = stage !== undefined && stage !== this.latest.stage;
    this.latest = {
      stage: stage ?? this.latest.stage,
      progress: Math.max(this.latest.progress, Math.min(progress ?? 0, 1)),
      rows: rows ?? this.latest.rows,
    };
    if (newStage || Date.now() - this.writtenAt >= writeEvery) await this.write();
  }

  /**
   * The last transaction of the work: what it writes lands exactly when the job becomes DONE. `work` answers the job's
   * result. Where the database was lost at the commit, the truth is read back; throws `CommitInDoubt` where it stays away.
   */
  async conclude(work: (db: Db) => Promise<object>): Promise<void> {
    this.signal.throwIfAborted();
    this.concluding = true;
    try {
      await certainWrite(
        this.database,
        async (db) => this.markDone(db, await work(db)),
        (db) => this.isDone(db),
      );
    } finally {
      this.concluding = false;
    }
    this.changed(this.job.id);
  }

  private async write(): Promise<void> {
    this.writtenAt = Date.now();
    const { stage, progress, rows } = this.latest;
    const touched = await this.database.transaction((db) =>
      db.run(
        "UPDATE job SET stage = ?, progress = ?, `rows` = ? WHERE id = ? AND lease_owner = ? AND state = 'RUNNING'",
        [stage, progress, rows, this.job.id, this.owner],
      ),
    );
    if (touched === 0) throw new LeaseLost();
    this.changed(this.job.id);
  }

  private async markDone(db: Db, result: object): Promise<void> {
    const { rows } = this.latest;
    const touched = await db.run(
      "UPDATE job SET state = 'DONE', progress = 1, stage = NULL, `rows` = ?, result = ?, finished_at = ?, lease_until = NULL WHERE id = ? AND lease_owner = ? AND state = 'RUNNING'",
      [rows, JSON.stringify(result), new Date(), this.job.id, this.owner],
    );
    if (touched === 0) throw new LeaseLost();
  }

  /** Renews the lease where it is not done: that waits for a commit that is still under way. */
  private async isDone(db: Db): Promise<boolean> {
    const running = await db.run(
      "UPDATE job SET lease_until = ? WHERE id = ? AND lease_owner = ? AND state = 'RUNNING'",
      [this.leaseEnd(), this.job.id, this.owner],
    );
    if (running > 0) return false;
    return db.manager.existsBy(JobEntity, { id: this.job.id, state: 'DONE', leaseOwner: this.owner });
  }
}
