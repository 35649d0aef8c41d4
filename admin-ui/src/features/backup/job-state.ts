import type { Fault } from '../../apollo';
import type { BackupJobFragment } from '../../apollo/generated/graphql';
import { backupTexts } from './texts';

export type Job = BackupJobFragment;

export const isRunning = ({ state }: Pick<Job, 'state'>): boolean =>
  state === 'QUEUED' || state === 'RUNNING';

/** Why a job did not do what it was to do; undefined while it runs and when it did. */
export function faultOfJob(job: Job | undefined): Fault | undefined {
  if (job?.state === 'CANCELLED') return plainFault('CANCELLED', backupTexts.cancelled);
  if (job?.state !== 'FAILED') return undefined;
  return plainFault(job.error?.code ?? 'UNKNOWN', job.error?.message ?? backupTexts.failed);
}

/** A fault that concerns no single field. */
export function plainFault(code: string, message: string): Fault {
  return { code, message, fields: [], conflicts: [] };
}
