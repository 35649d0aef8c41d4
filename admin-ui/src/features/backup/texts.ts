import { numberOf } from '../../texts';
import { numberText } from '../../ui/number';

export const backupTexts = {
  what: 'A backup holds the whole configuration of one unit in a single file, encrypted with a password. You can keep it, move it, and import it later to get exactly that state back.',
  perUnit:
    'One backup per unit. Do not use one backup for all units: importing replaces everything that the unit has.',
  underTesting: 'Backup is available in dev and stage only, under testing.',
  turnedOn: 'Backup is under testing. The operator turned it on in this environment.',
  environment: (name: string) => `You are in ${name}.`,
  off: (environment: string) =>
    `Backups can be neither exported nor imported in this environment (${environment}). The operator of the server can turn it on with the setting BACKUP_ENABLED.`,
  holds: [
    'all plugins with their configuration, permissions and mappings',
    'all workspaces, shared and private ones of every user, with their applications and their configuration',
    'all profiles with their workspaces',
    'all config keys',
  ],
  holdsNot: 'Not in the file: users, sessions, API tokens and the history.',
  noWayBack: 'Nobody can open the file without the password, and nobody can find it out: keep it well.',
  tooShort: 'Type a password of at least 4 characters to export.',
  tooLong: 'A password may have at most 1,024 bytes.',
  differ: 'The two passwords differ. Type the same one twice, or leave this field empty.',
  weak: 'This password is weak. Whoever gets hold of the file can try passwords on it for as long as they like: take a longer one, or generate a passphrase.',
  waitingForNetwork: 'The connection is lost. The upload goes on by itself as soon as it is back.',
  planExpired: 'What was found in the file is not kept any more. Nothing was changed.',
  cancelled: 'Cancelled. Nothing was changed.',
  planHolds: 'The unit has not changed since: it can be imported without the password.',
  planStale:
    'The unit was changed since, so what it would change now is no longer known. Choose the file again and validate it to see that.',
  imported: 'Imported. Reloading…',
  undone: 'The import is undone. Reloading…',
  warning: 'Warning',
  /** Before the name of the unit. */
  aboutUnit: 'This page is about the unit',
  offTitle: 'Backup is off',
  goesOn: 'This goes on when you leave the page.',
  failed: 'The work failed. Nothing was changed.',
};

export const jobStateNames = { QUEUED: 'Waiting for its turn', RUNNING: 'Starting' };

/** The kinds that a backup holds. */
export const kindNames = {
  plugins: 'Plugins',
  profiles: 'Profiles',
  workspaces: 'Workspaces',
  applications: 'Applications',
  configKeys: 'Config keys',
};

/** `1 plugin`, `12 plugins`. */
export const countTexts = {
  plugins: numberOf('plugin', 'plugins'),
  profiles: numberOf('profile', 'profiles'),
  workspaces: numberOf('workspace', 'workspaces'),
  applications: numberOf('application', 'applications'),
  configKeys: numberOf('config key', 'config keys'),
  rows: numberOf('row', 'rows'),
};

/** Where a configuration is empty. */
export const noObjects = 'nothing';

/** Of sizes of files, each a thousand times the one before. */
export const byteUnitNames = ['bytes', 'KB', 'MB', 'GB'];

/** Beside what a file, or a printed sheet, says of itself. */
export const factTexts = {
  madeBy: 'Made by',
  made: 'Made',
  unit: 'Unit',
  environment: 'Environment',
  printedBy: 'Printed by',
  printed: 'Printed',
};

/** On buttons and tabs. */
export const backupActions = {
  export: 'Export',
  import: 'Import',
  chooseAnotherFile: 'Choose another file',
  undoImport: 'Undo import',
  validateAgain: 'Validate again',
  validate: 'Validate',
};

/** What is wrong inside a file. */
export const problemTexts = {
  problems: 'Problems',
  line: (line: number) => `line ${numberText(line)}`,
  more: (count: number) => `and ${numberText(count)} more.`,
};

/** The parts of a file whose own names are not what people say. */
export const sectionNames: Record<string, string> = {
  configKeys: 'config keys',
};
