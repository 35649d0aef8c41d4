import { productName, roleNames } from '../../texts';

export const shellTexts = {
  notFound: 'There is nothing at this address. It may have been removed or renamed.',
  skip: 'Skip to content',
  connection: 'Connection',
  toDashboard: 'Go to the dashboard',
  signInAgain: 'Sign in again',
  signedOut: 'Your session has ended. Sign in here to keep what you typed.',
  home: `${productName}, dashboard`,
};

export const unitTexts = {
  none: 'No unit',
  new: 'New unit',
  newText: 'It starts empty, and you become an admin of it.',
  create: 'Create unit',
  switch: 'Switch unit',
};

/** In place of a page that the viewer cannot have. */
export const accessTexts = {
  noUnit: 'Your account belongs to no unit yet. Ask an admin to add you to one.',
  none: 'No access',
  notForRole: 'Not for your role',
  otherRoles: (role: keyof typeof roleNames) =>
    `This page is for other roles than yours. In this unit you are: ${roleNames[role]}.`,
};

/** When somebody else replaces what the unit has. */
export const importTexts = {
  import: 'Import',
  done: (by: string | undefined, isUndo: boolean) =>
    `${by ?? 'Somebody'} ${isUndo ? 'undid the import of a backup' : 'imported a backup'}. What you see is the state before it, and what you typed is not saved.`,
};

/** When the console on the screen is of a version that the server has no more. */
export const upgradeTexts = {
  upgrade: 'Upgrade',
  upgraded: `A newer version of ${productName} was installed. Some of this one is not there any more: save what you typed, then reload.`,
};

/** Of the bar with the workspaces. */
export const finderTexts = {
  /** A workspace, and what the safe mode does to it. */
  marked: (name: string, mark: string) => `${name} (${mark} in this safe mode)`,
  find: 'Find a workspace',
  private: 'Private',
};

/** Of the menus above the page. */
export const menuTexts = {
  profile: 'Profile',
  theme: 'Theme',
  signOut: 'Sign out',
  editProfiles: 'Edit profiles',
  workspaceSettings: 'Workspace settings',
  openWorkspace: 'Open a workspace first',
  backupOff: (environment: string) => `Off in this environment (${environment})`,
  user: 'User menu',
};

export const themeNames = {
  light: 'Light',
  dark: 'Dark',
  system: 'System',
};
