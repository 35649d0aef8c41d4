/** Around the manifest of a plugin: where it comes from, and what installing or updating from it changes. */
export const manifestTexts = {
  updateOf: (name: string) => `Update ${name}`,
  changesOf: (versions: string) => `Changes: version ${versions}`,
  wiki: 'Wiki',
  readMe: 'Read me',
  json: 'JSON',
  urlBeginning: 'https://',
  showChanges: 'Show changes',
  install: 'Install',
  noVersion: 'no version',
  present: (version: string) =>
    `Installed is version ${version}. The new manifest must have the same bundle.`,
  about: 'A plugin is described by its manifest. Where does it come from?',
  faults: 'The manifest has faults:',
  changes: 'Changes of the manifest',
  url: 'Manifest URL',
  file: 'File',
  manifest: 'Manifest',
  urlHelp: 'The server fetches it once.',
  fileLabel: 'Manifest file',
  jsonLabel: 'Manifest as JSON',
};
