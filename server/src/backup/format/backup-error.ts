import { limitSettings, type LimitName } from './limits';

/** One thing that is wrong with the content of a backup. */
export interface ContentProblem {
  /** Section of the row; absent where the line belongs to none. */
  section?: string;
  /** Line of the unpacked text, counted from 1. */
  line: number;
  /** What people call the object: bundle, name or key. */
  name?: string;
  field?: string;
  problem: string;
}

/** How far the reader had come when it found changed bytes: it says whether the password is known to be right. */
export type DamagedPart = 'ageHeader' | 'payload' | 'gzip' | 'afterGzip';

/** What each code tells besides its text. */
export interface BackupErrorFacts {
  EMPTY_FILE: object;
  NOT_A_BACKUP: { looksLike: string; decrypted?: boolean };
  TRUNCATED: object;
  DAMAGED: { part: DamagedPart };
  WRONG_PASSWORD: object;
  KDF_TOO_COSTLY: { found: number; maximum: number };
  NEWER_VERSION: { version: string; needs: string };
  INCOMPLETE_BACKUP: { missing: string };
  INVALID_CONTENT: { problems: ContentProblem[]; problemCount: number };
  TOO_LARGE: { limit: Exclude<LimitName, 'workFactor'>; found: number; maximum: number };
  OTHER_UNIT: { unitName: string; environment: string };
  UPLOAD_EXPIRED: object;
  UPLOAD_CHANGED: object;
  PLAN_STALE: object;
}

export type BackupErrorCode = keyof BackupErrorFacts;

type Texts = { [Code in BackupErrorCode]: (facts: BackupErrorFacts[Code]) => string };

const damagedTexts: Record<DamagedPart, string> = {
  ageHeader:
    'The beginning of this file was changed since it was made, so it cannot be opened with any password. Fetch the file again from where it was first saved.',
  payload:
    'The password is right, but bytes in this file were changed since it was made. Fetch the file again from where it was first saved, or use another backup.',
  gzip: 'The password is right, but the packed data inside is broken: it was already so when the file was encrypted. Use another backup.',
  afterGzip:
    'The password is right, but more data follows after the end of the backup. Use the file exactly as it was exported.',
};

const limitWords: Record<Exclude<LimitName, 'workFactor'>, string> = {
  uploadBytes: 'The file has more bytes than may be uploaded',
  ageHeaderBytes: 'The age header of the file has too many bytes',
  plainBytes: 'Unpacked, the backup has too many bytes',
  ratio: 'The backup unpacks to suspiciously many times its size',
  lineBytes: 'One line of the backup has too many bytes',
  rows: 'The backup has too many rows',
  jsonDepth: 'JSON in the backup is nested too deeply',
};

const texts: Texts = {
  EMPTY_FILE: () => 'This file is empty (0 bytes). Export or copy the backup again and choose that file.',
  NOT_A_BACKUP: ({ looksLike, decrypted }) =>
    decrypted
      ? `The password opens this file, but what is inside is not a Safeboard backup: it looks like ${looksLike}. Choose a file made by Backup, Export.`
      : `This is not a Safeboard backup: it looks like ${looksLike}. Choose a file made by Backup, Export.`,
  TRUNCATED: () =>
    'The end of this file is missing or not where it should be, as after a copy, upload or download that was broken off. Fetch the whole file again.',
  DAMAGED: ({ part }) => damagedTexts[part],
  WRONG_PASSWORD: () =>
    'The password does not open this file. Check upper and lower case and the keyboard layout, and try again; the file stays here.',
  KDF_TOO_COSTLY: ({ found, maximum }) =>
    `Opening this file would take too much time and memory: its scrypt work factor is ${found}, and ${maximum} is allowed. Encrypt it again with a lower one, or ask the operator to raise ${limitSettings.workFactor}.`,
  NEWER_VERSION: ({ version, needs }) =>
    `This backup was written by Safeboard ${version} and needs something that this version does not know: ${needs}. Update this Safeboard first.`,
  INCOMPLETE_BACKUP: ({ missing }) =>
    `This backup is not complete: ${missing}. The export that made it did not finish, or its text was edited. Use another backup.`,
  INVALID_CONTENT: ({ problemCount }) =>
    `The content of this backup is not valid: ${problemCount === 1 ? 'one problem was' : `${problemCount} problems were`} found. Correct them where the backup was made and export again.`,
  TOO_LARGE: ({ limit, found, maximum }) =>
    `${limitWords[limit]}: ${found} found, ${maximum} allowed. If the file is genuine, ask the operator to raise ${limitSettings[limit]}.`,
  OTHER_UNIT: ({ unitName, environment }) =>
    `This backup was made in the unit "${unitName}" (${environment}). Importing it replaces everything here with that unit's configuration: type the name of this unit to go on.`,
  UPLOAD_EXPIRED: () => 'The uploaded file was removed because its time was up. Choose the file again.',
  UPLOAD_CHANGED: () =>
    'The uploaded file is no longer the one that was validated. Upload and validate it again.',
  PLAN_STALE: () =>
    'The unit was changed after this backup was validated. Nothing was imported. Validate again to see what would change now.',
};

/** The text of a code: what happened and what to do next. Never holds a password or a value from the configuration. */
export function backupErrorText<Code extends BackupErrorCode>(
  code: Code,
  facts: BackupErrorFacts[Code],
): string {
  return texts[code](facts);
}

/** A backup that cannot be read, with its one cause. */
export class BackupError<Code extends BackupErrorCode = BackupErrorCode> extends Error {
  override readonly name = 'BackupError';

  constructor(
    readonly code: Code,
    readonly facts: BackupErrorFacts[Code],
  ) {
    super(backupErrorText(code, facts));
  }

  /** Whether this error has the given code; the type of its facts follows. */
  is<Asked extends BackupErrorCode>(code: Asked): this is BackupError<Asked> {
    const own: BackupErrorCode = this.code;
    return own === code;
  }
}
