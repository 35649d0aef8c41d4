import { type Actor } from '../../access/actor';
import { hours, shifted } from '../../access/clock';
import { type JobEntity } from '../../job/job.entity';

/** A finished export can be fetched for so long. */
export const downloadableFor = hours(1);

/** Result of an export's job. */
export interface ExportResult {
  objectKey: string;
  fileName: string;
  bytes: number;
  sha256: string;
}

/** What an export's job has made; nothing for other jobs, and while it runs. */
export function exportResultOf({ kind, state, result }: JobEntity): ExportResult | undefined {
  return kind === 'EXPORT' && state === 'DONE' ? (JSON.parse(result!) as ExportResult) : undefined;
}

/** Whether this actor may fetch the file of an export now: who made it, for an hour. */
export function isDownloadableBy(actor: Actor | undefined, job: JobEntity, now: Date): boolean {
  const made = exportResultOf(job) !== undefined && job.startedBy === actor?.userId;
  return made && shifted(job.finishedAt!, downloadableFor) > now;
}
