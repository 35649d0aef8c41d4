import { v7 as uuidv7 } from 'uuid';
import { mustBeAble, mustReach } from '../access/abilities';
import { type Actor } from '../access/actor';
import { type Clock } from '../access/clock';
import { isDuplicateRow } from '../access/duplicate-row';
import { type Topics } from '../messages/topics';
import { BadUserInput, NotFound } from '../refusal';
import { type Database } from '../storage/database';
import { type JobRunner, type JobWork } from './job-runner';
import { JobEntity, type JobKind } from './job.entity';

/** What a new job is to do. */
export interface JobOrder {
  unitId: string;
  kind: JobKind;
  /** JSON that the work needs to run; never holds a password. */
  input: object;
  idempotencyKey?: string;
}

/** However lost a message is, a subscriber learns the state of a job after this many milliseconds. */
const lookAgainAfter = 2_000;

/** Jobs as their users see them. */
export class JobService {
  constructor(
    private readonly database: Database,
    private readonly topics: Topics,
    private readonly runner: JobRunner,
    private readonly now: Clock,
  ) {}

  /** Throws `Busy` when this server has enough of the kind to do. */
  mustHaveRoom(kind: JobKind): void {
    this.runner.mustHaveRoom(kind);
  }

  /**
   * Begins a job and returns at once. An idempotency key that was used before answers the job of then. Throws `Busy`
   * when this server has enough of the kind to do.
   */
  async begin(actor: Actor, order: JobOrder, work: JobWork): Promise<JobEntity> {
    this.runner.mustHaveRoom(order.kind);
    const job = this.newJob(actor, order);
    try {
      await this.database.transaction(({ manager }) => manager.insert(JobEntity, job));
    } catch (error) {
      const earlier = isDuplicateRow(error) ? await this.sameOrder(order) : undefined;
      if (!earlier) throw error;
      return earlier;
    }
    this.runner.start(job, work);
    return job;
  }

  /** The job that was begun with this idempotency key; none without a key. Throws `BadUserInput` when it was another order. */
  async sameOrder({ unitId, kind, input, idempotencyKey }: JobOrder): Promise<JobEntity | undefined> {
    if (idempotencyKey === undefined) return undefined;
    const job = await this.database.read(({ manager }) =>
      manager.findOneBy(JobEntity, { unitId, idempotencyKey }),
    );
    if (job && (job.kind !== kind || job.input !== JSON.stringify(input))) {
      throw new BadUserInput([{ path: 'input.idempotencyKey', message: 'was used for something else' }]);
    }
    return job ?? undefined;
  }

  /** A job of a unit whose admin asks. Throws `NotFound`, `Forbidden`. */
  async find(actor: Actor | undefined, id: string): Promise<JobEntity> {
    return mustReach(actor, 'readConfiguration', await this.known(id), 'job');
  }

  /** A job, whoever asks. */
  async known(id: string): Promise<JobEntity | undefined> {
    const job = await this.database.read(({ manager }) => manager.findOneBy(JobEntity, { id }));
    return job ?? undefined;
  }

  /** The unit's jobs, newest first. */
  list(
    actor: Actor | undefined,
    unitId: string,
    kind: JobKind | undefined,
    first: number,
  ): Promise<JobEntity[]> {
    mustBeAble(actor, 'readConfiguration', unitId);
    return this.database.read(({ manager }) =>
      manager.find(JobEntity, {
        where: { unitId, ...(kind && { kind }) },
        order: { createdAt: 'DESC', id: 'DESC' },
        take: first,
      }),
    );
  }

  /** Asks a job to stop, wherever it runs. One that has ended, or is in its last step, stays as it is. */
  async cancel(actor: Actor, id: string): Promise<JobEntity> {
    const job = await this.find(actor, id);
    mustBeAble(actor, 'backUp', job.unitId);
    await this.database.transaction((db) =>
      db.run("UPDATE job SET cancel_asked = ? WHERE id = ? AND state IN ('QUEUED', 'RUNNING')", [true, id]),
    );
    await this.runner.look();
    return this.find(actor, id);
  }

  /** The job as it is now, then after each change, until it has ended. For callers that may read it. */
  async *follow(id: string): AsyncGenerator<JobEntity> {
    const changes = this.topics.subscribe('job', id);
    try {
      // Listening begins with the first call, and must not begin later than the reading.
      let hint = changes.next();
      for (;;) {
        const job = await this.known(id);
        if (!job) throw new NotFound('job');
        yield job;
        if (hasEnded(job)) return;
        if (await isFirst(hint, lookAgainAfter)) hint = changes.next();
      }
    } finally {
      await changes.return?.();
    }
  }

  /** Waits until a job has ended, on whichever server. */
  async ended(id: string): Promise<JobEntity> {
    let last: JobEntity | undefined;
    for await (const job of this.follow(id)) last = job;
    return last!;
  }

  private newJob(actor: Actor, { unitId, kind, input, idempotencyKey }: JobOrder): JobEntity {
    return {
      id: uuidv7(),
      unitId,
      kind,
      state: 'QUEUED',
      startedBy: actor.userId,
      stage: null,
      progress: 0,
      rows: 0,
      input: JSON.stringify(input),
      result: null,
      errorCode: null,
      errorMessage: null,
      idempotencyKey: idempotencyKey ?? null,
      leaseOwner: this.runner.owner,
      leaseUntil: this.runner.leaseEnd(),
      takeovers: 0,
      cancelAsked: false,
      createdAt: this.now(),
      finishedAt: null,
    };
  }
}

const hasEnded = ({ state }: JobEntity): boolean => state !== 'QUEUED' && state !== 'RUNNING';

/** Whether the promise settles within the time. */
async function isFirst(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
