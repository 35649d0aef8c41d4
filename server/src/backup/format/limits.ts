/** What a backup may cost its reader. Every limit can be set by the operator; see {@link limitSettings}. */
export interface BackupLimits {
  /** Bytes of the age header, checked before the age library sees it. */
  ageHeaderBytes: number;
  /** Binary logarithm of the scrypt cost; each step doubles time and memory. */
  workFactor: number;
  /** Bytes after decrypting and unpacking. */
  plainBytes: number;
  /** Unpacked bytes per packed byte, judged once {@link ratioFreeBytes} have come out. */
  ratio: number;
  /** Unpacked bytes during which the ratio is not judged. */
  ratioFreeBytes: number;
  /** Bytes of one line, its line feed not counted. */
  lineBytes: number;
  /** Rows of all sections together. */
  rows: number;
  /** Nesting of the JSON in one field of a row. */
  jsonDepth: number;
}

export const defaultLimits: BackupLimits = {
  ageHeaderBytes: 1_024,
  workFactor: 18,
  plainBytes: 4 * 1024 ** 3,
  ratio: 300,
  ratioFreeBytes: 16 * 1024 ** 2,
  lineBytes: 8 * 1024 ** 2,
  rows: 5_000_000,
  jsonDepth: 64,
};

/** The work factor that exports are written with unless told otherwise. */
export const defaultWorkFactor = 18;

/** The limits that a reader can run into, each with the setting that raises it. `uploadBytes` is judged by the upload. */
export const limitSettings = {
  uploadBytes: 'BACKUP_MAX_UPLOAD_BYTES',
  ageHeaderBytes: 'BACKUP_MAX_AGE_HEADER_BYTES',
  workFactor: 'BACKUP_MAX_WORK_FACTOR',
  plainBytes: 'BACKUP_MAX_PLAIN_BYTES',
  ratio: 'BACKUP_MAX_RATIO',
  lineBytes: 'BACKUP_MAX_LINE_BYTES',
  rows: 'BACKUP_MAX_ROWS',
  jsonDepth: 'BACKUP_MAX_JSON_DEPTH',
} as const;

export type LimitName = keyof typeof limitSettings;
