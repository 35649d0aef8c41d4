import { type Clock } from '../access/clock';
import { type Database } from '../storage/database';
import { ServerStopped } from './job-errors';
import { isResumable, type JobRunner, type JobWork } from './job-runner';
import { JobEntity, type JobKind } from './job.entity';

/** A job that kills every server it runs on is not tried for ever. */
const mostTakeovers = 3;

type Works = Partial<Record<JobKind, JobWork>>;

/**
 * Finds jobs whose server gave no sign of life: imports and undos are begun again here, since their rows hold all that
 * is needed; exports and validations needed the password, so they fail and say so.
 */
export class JobSweeper {
  constructor(
    private readonly database: Database,
    private readonly runner: JobRunner,
    private readonly works: Works,
    private readonly now: Clock,
    private readonly changed: (jobId: string) => void,
  ) {}

  /** One round. Several servers may sweep at once: a row changes hands only once. */
  async sweep(): Promise<void> {
    const orphans = await this.database.read(({ manager }) =>
      manager
        .createQueryBuilder(JobEntity, 'job')
        .where("job.state IN ('QUEUED', 'RUNNING') AND job.lease_until < :now", { now: this.now() })
        .getMany(),
    );
    for (const orphan of orphans) await this.settle(orphan);
  }

  private async settle(orphan: JobEntity): Promise<void> {
    const work = this.works[orphan.kind];
    if (orphan.cancelAsked) await this.finish(orphan, 'CANCELLED');
    else if (work && isResumable(orphan.kind) && orphan.takeovers < mostTakeovers)
      await this.takeOver(orphan, work);
    else await this.finish(orphan, 'FAILED');
  }

  private async finish({ id }: JobEntity, state: 'CANCELLED' | 'FAILED'): Promise<void> {
    const { code, message } = new ServerStopped();
    const [errorCode, errorMessage] = state === 'FAILED' ? [code, message] : [null, null];
    const now = this.now();
    await this.database.transaction((db) =>
      db.run(
        "UPDATE job SET state = ?, error_code = ?, error_message = ?, stage = NULL, finished_at = ?, lease_until = NULL WHERE id = ? AND state IN ('QUEUED', 'RUNNING') AND lease_until < ?",
        [state, errorCode, errorMessage, now, id, now],
      ),
    );
    this.changed(id);
  }

  private async takeOver({ id }: JobEntity, work: JobWork): Promise<void> {
    const taken = await this.database.transaction(async (db) => {
      const touched = await db.run(
        "UPDATE job SET lease_owner = ?, lease_until = ?, takeovers = takeovers + 1 WHERE id = ? AND state IN ('QUEUED', 'RUNNING') AND lease_until < ?",
        [this.runner.owner, this.runner.leaseEnd(), id, this.now()],
      );
      return touched === 1 ? db.manager.findOneByOrFail(JobEntity, { id }) : undefined;
    });
    if (taken) this.runner.start(taken, work);
  }
}
