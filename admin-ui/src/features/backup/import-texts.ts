export const uploadTexts = {
  choose: 'Choose a backup file, or drop it here. Nothing changes yet.',
  browse: 'Browse',
  file: 'Backup file',
  uploading: 'Uploading',
  sent: (sent: string, size: string, percent: number) => `${sent} of ${size}, ${percent} %`,
  goOn: 'Go on',
  uploadingNow: 'Uploading…',
};

export const importTexts = {
  validating: 'Validating',
  nothingYet: 'Nothing changes yet.',
  content: 'Content of the backup',
  importing: 'Importing',
  keepsPresent: 'Everybody keeps the present configuration until all of the new one is there.',
  undoing: 'Undoing the import',
  changedSince:
    'The unit was changed since the import. Going back takes those changes away, too: look at what would change.',
  before: 'State before the import',
  passwordHelp: 'The one that the file was exported with. It is kept nowhere.',
  reads: 'Reads the whole file and shows what importing it would change. Nothing changes yet.',
};

export const undoTexts = {
  importedOn: (name: string | undefined, time: string) =>
    `${name ?? 'Somebody'} imported a backup on ${time}`,
  keptUntil: (time: string) => `What it replaced is kept until ${time}.`,
};
