import type { ConfigurationType, Role } from './apollo/generated/graphql';
import type { Question } from './ui/confirm';
import { numberText } from './ui/number';

/** What more than one feature says. The words of one feature stand in its own folder, in files named like this one. */

export const productName = 'Safeboard';

/** `1 change`, `1,200 changes`. */
export const numberOf = (one: string, many: string) => (count: number) =>
  `${numberText(count)} ${count === 1 ? one : many}`;

/** `Admin, User and Read only`. The word between them belongs to the language of the texts, not to the browser's. */
export const listText = (parts: readonly string[]): string => new Intl.ListFormat('en-GB').format(parts);

/** On buttons and in menus. */
export const actionTexts = {
  add: 'Add',
  apply: 'Apply',
  applyForAll: 'Apply for all users',
  cancel: 'Cancel',
  close: 'Close',
  continue: 'Continue',
  delete: 'Delete',
  done: 'Done',
  next: 'Next',
  previous: 'Previous',
  reload: 'Reload',
  remove: 'Remove',
  rename: 'Rename',
  save: 'Save',
  search: 'Search',
  showAll: 'Show all',
  undo: 'Undo',
  update: 'Update',
};

/** Beside fields and above columns. */
export const fieldTexts = {
  actions: 'Actions',
  applications: 'Applications',
  description: 'Description',
  email: 'E-mail',
  key: 'Key',
  kind: 'Kind',
  layout: 'Layout',
  name: 'Name',
  note: 'Note',
  password: 'Password',
  role: 'Role',
  roles: 'Roles',
  shared: 'Shared',
  state: 'State',
  value: 'Value',
  version: 'Version',
};

/** Of plugins, and of what needs them. */
export const stateNames = { enabled: 'Enabled', disabled: 'Disabled' };

/** What pages are called: on their tabs, in their headings and in the title of the window. */
export const pageTitles = {
  account: 'Account',
  adminSettings: 'Admin settings',
  apiTokens: 'API tokens',
  applicationSettings: 'Application settings',
  backup: 'Backup',
  configKeys: 'Config keys',
  dashboard: 'Dashboard',
  history: 'History',
  invitation: 'Invitation',
  newConfigKey: 'New config key',
  newProfile: 'New profile',
  newWorkspace: 'New workspace',
  noConnection: 'No connection',
  notFound: 'Not found',
  plugins: 'Plugins',
  profiles: 'Profiles',
  safeMode: 'Safe mode',
  setUp: 'Set up',
  signIn: 'Sign in',
  users: 'Users',
  workspaces: 'Workspaces',
};

/** What the browser calls the window. */
export const windowTitle = (page: string) => `${page} – ${productName}`;

/** The kinds of objects that a configuration consists of. */
export const typeNames: Record<ConfigurationType, string> = {
  PLUGIN: 'Plugin',
  WORKSPACE: 'Workspace',
  PROFILE: 'Profile',
  CONFIG_KEY: 'Config key',
};

export const roleNames = {
  ADMIN: 'Admin',
  POWER_USER: 'Power user',
  USER: 'User',
  READONLY: 'Read only',
} as const satisfies Record<Role, string>;

/** All roles, the mightiest first. */
export const roles: Role[] = ['ADMIN', 'POWER_USER', 'USER', 'READONLY'];

export const leaveQuestion: Question = {
  title: 'Leave without saving?',
  text: 'What you typed on this page is not saved yet. If you leave now, it is lost.',
  action: 'Leave',
  cancel: 'Stay',
  destructive: true,
};

export const connectionTexts = {
  lost: 'The connection to the server is lost. Trying again… What you typed stays here.',
  back: 'The connection is back.',
};
