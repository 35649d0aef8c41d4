import type { Question } from './confirm';
import { numberText } from './number';

/** Asked before a dialog closes with input in it. */
export const closeQuestion: Question = {
  title: 'Close without saving?',
  text: 'What you typed in this dialog is not saved yet. If you close it now, it is lost.',
  action: 'Close',
  cancel: 'Stay',
  destructive: true,
};

export const copyTexts = {
  copy: 'Copy',
  copied: 'Copied.',
  refused: 'The browser does not let us copy. Select the text and copy it.',
};

export const differenceTexts = {
  differences: 'Differences',
  none: 'No difference.',
  sideBySide: 'Side by side',
  inline: 'One below the other',
  /** Said before a line, where its colour cannot be seen. */
  removed: 'Removed: ',
  added: 'Added: ',
};

export const jsonTexts = {
  empty: 'Type a JSON value.',
  notExact: 'A whole number beyond 2^53 cannot be kept exactly. Write it as a text, in quotes.',
  notObject: 'Type a JSON object: { … }',
  wrong: (reason: string) => `This is not JSON: ${reason}`,
  unreadable: 'unreadable',
};

/** `label` says what the rows are, in the plural: "Plugins". */
export const listTexts = {
  firstPage: 'First page',
  leftEmpty: 'Nothing on this page any more',
  nothingFound: 'Nothing found',
  search: (label: string) => `Search ${label.toLowerCase()}`,
  loading: (label: string) => `Loading ${label.toLowerCase()}`,
  noneMatch: (label: string, search: string) => `No ${label.toLowerCase()} match “${search}”.`,
  noneMatchFilters: (label: string) => `No ${label.toLowerCase()} match the filters.`,
  none: (label: string) => `No ${label.toLowerCase()}.`,
  found: (count: number) => `${numberText(count)} found`,
  pages: (label: string) => `Pages of ${label.toLowerCase()}`,
  range: (first: string, last: string, total: string) => `${first}–${last} of ${total}`,
};

/** `heading` says what the page is about: "Profile". */
export const pageStateTexts = {
  loading: (heading: string) => `Loading: ${heading}`,
  missing: (heading: string) => `No such ${heading.toLowerCase()}`,
};

export const settingsTexts = {
  configuration: 'Configuration',
  editAs: 'Edit as',
  form: 'Form',
  json: 'JSON',
  none: 'No settings yet.',
  new: 'New setting',
  noNumber: 'Type a number, or remove the setting.',
  taken: 'There is one of this name.',
  type: 'Type',
  types: { text: 'Text', number: 'Number', boolean: 'Yes or no' },
  add: 'Add setting',
  remove: (key: string) => `Remove the setting ${key}`,
};

export const uiTexts = {
  dismiss: 'Dismiss',
  loading: 'Loading',
  notSaved: 'Not saved. Please check:',
  results: 'Results',
  showPassword: 'Show what is typed',
  tryAgain: 'Try again',
};
