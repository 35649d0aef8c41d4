import { type Actor } from '../../access/actor';
import { type JobEntity } from '../../job/job.entity';

/** Result of an export's job. */
export interface ExportResult {
  objectKey: string;
  fileName: string;
  bytes: number;
  sha256: string;
  /** ISO 8601. */
  downloadableUntil: string;
}

/** What an export's job has made; nothing for other jobs, and while it runs. */
export function exportResultOf({ kind, state, result }: JobEntity): ExportResult | undefined {
  return kind === 'EXPORT' && state === 'DONE' ? (JSON.parse(result!) as ExportResult) : undefined;
}

/** Whether this actor may fetch the file of an export now: who made it, for a while. */
export function isDownloadableBy(actor: Actor | undefined, job: JobEntity, now: Date): boolean {
  const made = exportResultOf(job);
  return made !== undefined && job.startedBy === actor?.userId && new Date(made.downloadableUntil) > now;
}
