export const exportTexts = {
  confirmPassword: 'Confirm password',
  optional: 'Optional',
  noteHelp: 'Stands in the file and shows at the import.',
  exporting: 'Exporting',
  waits: 'This goes on when you leave the page. When it is done the file waits here for a while.',
  holdsTitle: 'What the file holds',
  ready: 'The backup is ready. The download has started.',
  last: 'Your last backup',
  /** Follows the name of the file. */
  facts: (size: string, rows: string) => `, ${size}, ${rows}. It was read back after writing and is whole.`,
  until: (time: string) => `It can be downloaded here until ${time}; after that the server removes it.`,
  downloadAgain: 'Download again',
};

export const passphraseTexts = {
  filledAndCopied: 'The passphrase is filled in below and copied to the clipboard.',
  filled: 'The passphrase is filled in below. Copy it from here.',
  noWordList: 'The word list could not be loaded. Check the connection and try again.',
  generate: 'Generate a passphrase',
  passphrase: 'Passphrase',
  print: 'Print a recovery sheet',
};

/** On the paper with the passphrase. */
export const sheetTexts = {
  title: 'Safeboard backup: recovery sheet',
  about: 'This passphrase opens the backup file that was exported with it. Without it nobody can.',
  fileName: 'File name',
  keep: 'Keep this sheet locked away, and not together with the file. To restore: user menu, Backup, Continue, tab Import, Browse, choose the file, type the passphrase, Validate, Import.',
};

/** How well a password withstands guessing, the worst first. */
export const strengthNames = ['Very weak', 'Weak', 'Fair', 'Good', 'Strong'];

export const strengthTexts = {
  strength: 'Strength of the password',
  timeToGuess: (time: string) => `Estimated time to guess, with many computers: ${time}.`,
};
