export const configKeyTexts = {
  about: 'Settings of the whole unit that every plugin can read.',
  empty: 'Config keys are settings of the whole unit that every plugin can read.',
  secret: 'Encrypted where it is stored, and masked until somebody reveals it. Revealing is recorded.',
  keyHelp: 'Case counts. A key is not renamed later.',
  missing: 'It may have been removed.',
  removal: 'Its value is gone for every plugin that reads it.',
  copied: (key: string) => `The value of ${key} is copied.`,
  notCopied: 'The browser does not let us copy. Reveal the value, select it and copy it.',
};
