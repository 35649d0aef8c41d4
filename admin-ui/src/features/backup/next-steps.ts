import { nextStepTexts, unforeseenTexts } from './next-step-texts';

/** What a person can do about a failure on this page: the button that goes with its text. */
export type Remedy = 'choose-file' | 'type-password' | 'validate-again' | 'try-again' | 'none';

export interface NextStep {
  title: string;
  /** Follows the server’s own words, which say what happened; empty where they already say what to do. */
  text: string;
  remedy: Remedy;
}

const remedies: Record<keyof typeof nextStepTexts, Remedy> = {
  EMPTY_FILE: 'choose-file',
  NOT_A_BACKUP: 'choose-file',
  TRUNCATED: 'choose-file',
  DAMAGED: 'choose-file',
  WRONG_PASSWORD: 'type-password',
  KDF_TOO_COSTLY: 'choose-file',
  NEWER_VERSION: 'choose-file',
  INCOMPLETE_BACKUP: 'choose-file',
  INVALID_CONTENT: 'choose-file',
  TOO_LARGE: 'choose-file',
  UPLOAD_EXPIRED: 'choose-file',
  UPLOAD_CHANGED: 'choose-file',
  NOT_FOUND: 'choose-file',
  PLAN_STALE: 'validate-again',
  CONFIRMATION_REQUIRED: 'try-again',
  NOT_UNDOABLE: 'none',
  BACKUP_DISABLED: 'none',
  FORBIDDEN: 'none',
  UNAUTHENTICATED: 'try-again',
  BAD_USER_INPUT: 'try-again',
  RATE_LIMITED: 'try-again',
  LIMIT_REACHED: 'try-again',
  BUSY: 'try-again',
  SERVICE_UNAVAILABLE: 'try-again',
  SERVER_STOPPED: 'try-again',
  OFFLINE: 'try-again',
  CANCELLED: 'try-again',
};

const steps = new Map<string, NextStep>(
  Object.entries(remedies).map(([code, remedy]) => [
    code,
    { ...nextStepTexts[code as keyof typeof nextStepTexts], remedy },
  ]),
);
const unforeseen: NextStep = { ...unforeseenTexts, remedy: 'try-again' };

/** Heading, advice and remedy for a code of the backup page. Every code has some. */
export const nextStepOf = (code: string): NextStep => steps.get(code) ?? unforeseen;
