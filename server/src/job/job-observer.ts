import { type JobEntity } from './job.entity';

/** How a job ended for the server that ran it. */
export type JobEnd = 'DONE' | 'FAILED' | 'CANCELLED' | 'HANDED_OVER' | 'TAKEN_OVER';

/** Told that a job waits for its turn; answers whom to tell what comes after. */
export type JobObserver = (job: Readonly<JobEntity>) => ObservedJob;

export interface ObservedJob {
  began(): void;
  ended(end: JobEnd): void;
}
