import { pageTitles } from '../../texts';
import { backupTexts } from './texts';

/**
 * What the failures of this page are called and what to do about them, by their codes. The text follows the server’s own words,
 * which say what happened; it is empty where they already say what to do.
 */
export const nextStepTexts = {
  EMPTY_FILE: { title: 'The file is empty', text: '' },
  NOT_A_BACKUP: {
    title: 'Not a backup',
    text: 'Backups are the files that the tab Export saves; their names end in .backup.age.',
  },
  TRUNCATED: {
    title: 'A part of the file is missing',
    text: 'Compare its size with that of the file where it was first saved.',
  },
  DAMAGED: { title: 'The file is damaged', text: 'Another copy of the same backup may still be good.' },
  WRONG_PASSWORD: { title: 'Wrong password', text: '' },
  KDF_TOO_COSTLY: {
    title: 'The file takes too much to open',
    text: 'Choose another backup, or come back with this one when that is done.',
  },
  NEWER_VERSION: {
    title: 'Made by a newer version',
    text: 'Until this server is updated, only a backup made with this version or an older one can be imported.',
  },
  INCOMPLETE_BACKUP: { title: 'The backup is incomplete', text: '' },
  INVALID_CONTENT: {
    title: 'The content is not valid',
    text: 'Each problem is listed with its place in the file.',
  },
  TOO_LARGE: {
    title: 'The file is too large',
    text: 'Choose another file, or come back with this one when the limit is raised.',
  },
  UPLOAD_EXPIRED: { title: 'The upload has expired', text: 'Uploaded files are kept for a limited time.' },
  UPLOAD_CHANGED: { title: 'The uploaded file changed', text: 'Nothing was imported.' },
  NOT_FOUND: { title: 'The upload is gone', text: 'It may have expired. Choose the file again.' },
  PLAN_STALE: { title: 'The unit was changed meanwhile', text: 'Only the password is needed once more.' },
  CONFIRMATION_REQUIRED: {
    title: 'The name of the unit is missing',
    text: 'Type it exactly as it stands in the text above.',
  },
  NOT_UNDOABLE: {
    title: 'This import cannot be undone',
    text: 'To go back, import a backup that was made before it.',
  },
  BACKUP_DISABLED: { title: backupTexts.offTitle, text: 'Ask the operator of the server.' },
  FORBIDDEN: {
    title: 'Not allowed',
    text: 'Only an admin of the unit can make and import backups. Ask one.',
  },
  UNAUTHENTICATED: { title: 'You are signed out', text: 'Sign in again and go on.' },
  BAD_USER_INPUT: { title: 'Something that was entered is not accepted', text: 'Nothing was changed.' },
  RATE_LIMITED: {
    title: 'Too many tries',
    text: 'The file is still here. Wait a while before you try the next password.',
  },
  LIMIT_REACHED: { title: 'A limit is reached', text: 'Nothing was changed.' },
  BUSY: { title: 'The server is busy', text: 'Wait a moment and try again.' },
  SERVICE_UNAVAILABLE: {
    title: 'A part of the server does not answer',
    text: 'Nothing was changed. Try again in a few minutes.',
  },
  SERVER_STOPPED: { title: 'The server was stopped meanwhile', text: '' },
  OFFLINE: {
    title: pageTitles.noConnection,
    text: 'What has arrived is kept: the upload can go on from there.',
  },
  CANCELLED: { title: 'Cancelled', text: '' },
};

/** Of a code that nobody foresaw. */
export const unforeseenTexts = {
  title: 'This did not work',
  text: 'Nothing was changed. Try again; if it fails once more, ask the operator of the server.',
};
