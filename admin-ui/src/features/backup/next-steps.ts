/** What a person can do about a failure on this page: the button that goes with its text. */
export type Remedy = 'choose-file' | 'type-password' | 'validate-again' | 'try-again' | 'none';

export interface NextStep {
  title: string;
  /** Follows the server’s own words, which say what happened; empty where they already say what to do. */
  text: string;
  remedy: Remedy;
}

const steps: Record<string, NextStep> = {
  EMPTY_FILE: {
    title: 'The file is empty',
    text: '',
    remedy: 'choose-file',
  },
  NOT_A_BACKUP: {
    title: 'Not a backup',
    text: 'Backups are the files that the tab Export saves; their names end in .backup.age.',
    remedy: 'choose-file',
  },
  TRUNCATED: {
    title: 'A part of the file is missing',
    text: 'Compare its size with that of the file where it was first saved.',
    remedy: 'choose-file',
  },
  DAMAGED: {
    title: 'The file is damaged',
    text: 'Another copy of the same backup may still be good.',
    remedy: 'choose-file',
  },
  WRONG_PASSWORD: {
    title: 'Wrong password',
    text: '',
    remedy: 'type-password',
  },
  KDF_TOO_COSTLY: {
    title: 'The file takes too much to open',
    text: 'Choose another backup, or come back with this one when that is done.',
    remedy: 'choose-file',
  },
  NEWER_VERSION: {
    title: 'Made by a newer version',
    text: 'Until this server is updated, only a backup made with this version or an older one can be imported.',
    remedy: 'choose-file',
  },
  INCOMPLETE_BACKUP: {
    title: 'The backup is incomplete',
    text: '',
    remedy: 'choose-file',
  },
  INVALID_CONTENT: {
    title: 'The content is not valid',
    text: 'Each problem is listed with its place in the file.',
    remedy: 'choose-file',
  },
  TOO_LARGE: {
    title: 'The file is too large',
    text: 'Choose another file, or come back with this one when the limit is raised.',
    remedy: 'choose-file',
  },
  UPLOAD_EXPIRED: {
    title: 'The upload has expired',
    text: 'Uploaded files are kept for a limited time.',
    remedy: 'choose-file',
  },
  UPLOAD_CHANGED: {
    title: 'The uploaded file changed',
    text: 'Nothing was imported.',
    remedy: 'choose-file',
  },
  NOT_FOUND: {
    title: 'The upload is gone',
    text: 'It may have expired. Choose the file again.',
    remedy: 'choose-file',
  },
  PLAN_STALE: {
    title: 'The unit was changed meanwhile',
    text: 'Only the password is needed once more.',
    remedy: 'validate-again',
  },
  CONFIRMATION_REQUIRED: {
    title: 'The name of the unit is missing',
    text: 'Type it exactly as it stands in the text above.',
    remedy: 'try-again',
  },
  NOT_UNDOABLE: {
    title: 'This import cannot be undone',
    text: 'To go back, import a backup that was made before it.',
    remedy: 'none',
  },
  BACKUP_DISABLED: {
    title: 'Backup is off',
    text: 'Ask the operator of the server.',
    remedy: 'none',
  },
  FORBIDDEN: {
    title: 'Not allowed',
    text: 'Only an admin of the unit can make and import backups. Ask one.',
    remedy: 'none',
  },
  UNAUTHENTICATED: {
    title: 'You are signed out',
    text: 'Sign in again and go on.',
    remedy: 'try-again',
  },
  BAD_USER_INPUT: {
    title: 'Something that was entered is not accepted',
    text: 'Nothing was changed.',
    remedy: 'try-again',
  },
  RATE_LIMITED: {
    title: 'Too many tries',
    text: 'The file is still here. Wait a while before you try the next password.',
    remedy: 'try-again',
  },
  LIMIT_REACHED: {
    title: 'A limit is reached',
    text: 'Nothing was changed.',
    remedy: 'try-again',
  },
  BUSY: {
    title: 'The server is busy',
    text: 'Wait a moment and try again.',
    remedy: 'try-again',
  },
  SERVICE_UNAVAILABLE: {
    title: 'A part of the server does not answer',
    text: 'Nothing was changed. Try again in a few minutes.',
    remedy: 'try-again',
  },
  SERVER_STOPPED: {
    title: 'The server was stopped meanwhile',
    text: '',
    remedy: 'try-again',
  },
  OFFLINE: {
    title: 'No connection',
    text: 'What has arrived is kept: the upload can go on from there.',
    remedy: 'try-again',
  },
  CANCELLED: { title: 'Cancelled', text: '', remedy: 'try-again' },
};

const unforeseen: NextStep = {
  title: 'This did not work',
  text: 'Nothing was changed. Try again; if it fails once more, ask the operator of the server.',
  remedy: 'try-again',
};

/** Heading, advice and remedy for a code of the backup page. Every code has some. */
export function nextStepOf(code: string): NextStep {
  return Object.hasOwn(steps, code) ? (steps[code] ?? unforeseen) : unforeseen;
}
