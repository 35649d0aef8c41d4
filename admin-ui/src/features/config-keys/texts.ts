export const configKeyTexts = {
  about: 'Settings of the whole unit that every plugin can read.',
  empty: 'Config keys are settings of the whole unit that every plugin can read.',
  secret: 'Encrypted where it is stored, and masked until somebody reveals it. Revealing is recorded.',
  keyHelp: 'Case counts. A key is not renamed later.',
  missing: 'It may have been removed.',
  removal: 'Its value is gone for every plugin that reads it.',
  copied: (key: string) => `The value of ${key} is copied.`,
  notCopied: 'The browser does not let us copy. Reveal the value, select it and copy it.',
  saved: (key: string) => `Config key “${key}” saved`,
  none: 'No config keys yet',
};

export const secretTexts = {
  secret: 'Secret',
  revealAndEdit: 'Reveal and edit',
  hide: (key: string) => `Hide the value of ${key}`,
  reveal: (key: string) => `Reveal the value of ${key}`,
  copy: (key: string) => `Copy the value of ${key}`,
};

export const valueTexts = {
  text: 'Text',
  type: 'Type of the value',
};
