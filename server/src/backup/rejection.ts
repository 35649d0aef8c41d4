import { BackupError } from './format/backup-error';

/** Whether the file format refused something. */
export const isBackupError = (error: unknown): error is BackupError => error instanceof BackupError;

/** One thing to tell about a backup, and where it stands. */
export interface BackupNotice {
  code: string;
  message: string;
  section?: string;
  line?: number;
  name?: string;
  field?: string;
}

/** Why a file cannot be imported. */
export interface BackupRejection {
  code: string;
  /** What happened and what to do next. */
  message: string;
  /** The first hundred. */
  problems: BackupNotice[];
  problemCount: number;
}

/** A refusal of the file format as data: the outcome of looking at a file. */
export function rejectionOf(error: BackupError): BackupRejection {
  const { code, message } = error;
  if (!error.is('INVALID_CONTENT')) return { code, message, problems: [], problemCount: 0 };
  const problems = error.facts.problems.map(({ problem, ...place }) => ({
    code,
    message: problem,
    ...place,
  }));
  return { code, message, problems, problemCount: error.facts.problemCount };
}
