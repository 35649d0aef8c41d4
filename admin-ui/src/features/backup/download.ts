import type { Job } from './job-state';

/** Lets the browser save the file of a finished export under its name. */
export function startDownload({ downloadUrl, fileName }: Pick<Job, 'downloadUrl' | 'fileName'>): void {
  if (!downloadUrl) return;
  const link = document.createElement('a');
  link.href = downloadUrl;
  link.download = fileName ?? '';
  link.click();
}
