import { type Clock, shifted } from '../access/clock';
import { Lane } from '../lane';
import { Refusal } from '../refusal';
import { chunks, type Database, placeholders } from '../storage/database';
import { databaseRefusal } from '../storage/database-refusal';
import { traced } from '../telemetry/trace';
import { JobCancelled, LeaseLost, ServerStopped } from './job-errors';
import { JobRun } from './job-run';
import { type JobEntity, type JobKind } from './job.entity';
import { type JobEnd, type JobObserver } from './job-observer';

/** Ends by `run.conclude`, or by throwing. */
export type JobWork = (run: JobRun) => Promise<void>;

export interface JobRunnerOptions {
  /** This server process; a new one at each start. */
  owner: string;
  /** After this many milliseconds without a sign of life a server is taken for dead. */
  lease: number;
  now: Clock;
  changed: (jobId: string) => void;
  /** Logs a fault of ours and answers the id to look it up by. */
  reportFault: (error: unknown) => string;
  observer?: JobObserver;
}

interface RunningJob {
  run: JobRun;
  abort: AbortController;
  ended: Promise<void>;
}

/** Kinds whose work can be begun again from its row, by any server. */
export const isResumable = (kind: JobKind): boolean => kind === 'IMPORT' || kind === 'UNDO_IMPORT';

/** Runs the jobs of this server process: gives signs of life, notices cancelling, and writes down how they ended. */
export class JobRunner {
  /** Opening and closing files takes a key derivation each: few at a time, and a short queue. */
  private readonly fileLane = new Lane(2, 6);
  private readonly importLane = new Lane(2, Number.POSITIVE_INFINITY);
  private readonly running = new Map<string, RunningJob>();
  private heart: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly options: JobRunnerOptions,
  ) {}

  get owner(): string {
    return this.options.owner;
  }

  leaseEnd(): Date {
    return shifted(this.options.now(), this.options.lease);
  }

  /** Throws `Busy` when no more jobs of this kind can be taken now, `ServerStopped` when the server is stopping. */
  mustHaveRoom(kind: JobKind): void {
    if (this.stopping) throw new ServerStopped();
    this.laneOf(kind).mustHaveRoom();
  }

  /** Runs a job whose row names this process as owner. Returns at once. */
  start(job: JobEntity, work: JobWork): void {
    const abort = new AbortController();
    if (this.stopping) abort.abort(new ServerStopped());
    const { owner, options, database } = this;
    const run = new JobRun(job, abort.signal, database, owner, () => this.leaseEnd(), options.changed);
    const ended = this.execute(run, work).finally(() => {
      this.running.delete(job.id);
      if (this.running.size === 0) this.rest();
    });
    this.running.set(job.id, { run, abort, ended });
    this.heart ??= setInterval(() => this.beatSoon(), this.options.lease / 4);
  }

  /** Looks at once whether a job of this process was cancelled. */
  async look(): Promise<void> {
    this.beatSoon();
    await this.beating;
  }

  /** Waits until a job of this process has ended; at once for any other. */
  async ended(jobId: string): Promise<void> {
    await this.running.get(jobId)?.ended;
  }

  /**
   * Begins nothing new and leaves imports to be taken over by another server at once. Exports and validations, which need
   * their password, may end within so many milliseconds.
   */
  async drain(patience: number): Promise<void> {
    this.stopping = true;
    const jobs = [...this.running.values()];
    for (const { run, abort } of jobs) if (isResumable(run.job.kind)) abort.abort(new ServerStopped());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, patience)));
    await Promise.race([Promise.all(jobs.map(({ ended }) => ended)), late]);
    clearTimeout(timer);
  }

  /** Ends all jobs: exports and validations fail, imports are left to be taken over by another server at once. */
  async stop(): Promise<void> {
    this.stopping = true;
    const jobs = [...this.running.values()];
    for (const { abort } of jobs) abort.abort(new ServerStopped());
    await Promise.all(jobs.map(({ ended }) => ended));
    this.rest();
    await this.beating;
  }

  private async execute(run: JobRun, work: JobWork): Promise<void> {
    const lane = this.laneOf(run.job.kind);
    const observed = this.options.observer?.(run.job);
    let entered = false;
    let end: JobEnd = 'DONE';
    try {
      await lane.enter(run.signal);
      entered = true;
      observed?.began();
      await this.markRunning(run);
      await traced(`job ${run.job.kind}`, { 'job.id': run.job.id }, () => work(run));
    } catch (error) {
      end = await this.endAfter(run, error);
    } finally {
      if (entered) lane.leave();
      observed?.ended(end);
    }
  }

  private laneOf(kind: JobKind): Lane {
    return isResumable(kind) ? this.importLane : this.fileLane;
  }

  private async markRunning({ job }: JobRun): Promise<void> {
    const touched = await this.database.transaction((db) =>
      db.run(
        "UPDATE job SET state = 'RUNNING' WHERE id = ? AND lease_owner = ? AND state IN ('QUEUED', 'RUNNING')",
        [job.id, this.owner],
      ),
    );
    if (touched === 0) throw new LeaseLost();
    this.options.changed(job.id);
  }

  /** Where the row cannot be written now, its lease runs out and the sweep of any server finishes it. */
  private async endAfter(run: JobRun, error: unknown): Promise<JobEnd> {
    const reason: unknown = run.signal.aborted ? run.signal.reason : error;
    const end = endOf(run, reason);
    if (end === 'TAKEN_OVER') return end;
    try {
      if (end === 'HANDED_OVER') await this.handOver(run);
      else if (end === 'CANCELLED') await this.end(run, end, null, null);
      else await this.end(run, 'FAILED', ...this.explain(reason));
      this.options.changed(run.job.id);
    } catch (fault) {
      this.options.reportFault(fault);
    }
    return end;
  }

  private explain(thrown: unknown): [code: string, message: string] {
    const error = databaseRefusal(thrown) ?? thrown;
    if (error instanceof Refusal) return [error.code, error.message];
    const id = this.options.reportFault(error);
    return [
      'INTERNAL_SERVER_ERROR',
      `Something went wrong on our side; nothing was changed. The log has it under ${id}.`,
    ];
  }

  private end(
    run: JobRun,
    state: 'CANCELLED' | 'FAILED',
    code: string | null,
    message: string | null,
  ): Promise<number> {
    return this.database.transaction((db) =>
      db.run(
        "UPDATE job SET state = ?, error_code = ?, error_message = ?, stage = NULL, finished_at = ?, lease_until = NULL WHERE id = ? AND lease_owner = ? AND state IN ('QUEUED', 'RUNNING')",
        [state, code, message, this.options.now(), run.job.id, this.owner],
      ),
    );
  }

  private handOver({ job }: JobRun): Promise<number> {
    return this.database.transaction((db) =>
      db.run(
        "UPDATE job SET lease_until = ? WHERE id = ? AND lease_owner = ? AND state IN ('QUEUED', 'RUNNING')",
        [shifted(this.options.now(), -1), job.id, this.owner],
      ),
    );
  }

  private beatSoon(): void {
    this.beating = this.beating
      .then(() => this.beat())
      // The database may be away for a while; the lease is longer than a few beats.
      .catch(() => undefined);
  }

  /** Renews the leases, and stops what was cancelled or is no longer ours. */
  private async beat(): Promise<void> {
    for (const ids of chunks([...this.running.keys()], 500)) {
      const rows = await this.database.transaction(async (db) => {
        await db.run(
          `UPDATE job SET lease_until = ? WHERE lease_owner = ? AND state IN ('QUEUED', 'RUNNING') AND id IN (${placeholders(ids.length)})`,
          [this.leaseEnd(), this.owner, ...ids],
        );
        return db.rows(
          `SELECT id, cancel_asked, lease_owner, state FROM job WHERE id IN (${placeholders(ids.length)})`,
          ids,
        );
      });
      for (const [id, cancelAsked, owner, state] of rows) {
        const job = this.running.get(id as string);
        // What is in its last transaction ends there, one way or the other.
        if (!job || job.run.isConcluding) continue;
        if (owner !== this.owner || !['QUEUED', 'RUNNING'].includes(state as string))
          job.abort.abort(new LeaseLost());
        else if (Number(cancelAsked) === 1) job.abort.abort(new JobCancelled());
      }
    }
  }

  private rest(): void {
    clearInterval(this.heart);
    this.heart = undefined;
  }
}

/** What becomes of a job whose work ended with this reason. */
function endOf({ job }: JobRun, reason: unknown): JobEnd {
  if (reason instanceof LeaseLost) return 'TAKEN_OVER';
  if (reason instanceof JobCancelled) return 'CANCELLED';
  return reason instanceof ServerStopped && isResumable(job.kind) ? 'HANDED_OVER' : 'FAILED';
}
