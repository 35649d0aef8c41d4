export const tileTexts = {
  open: (name: string) => `Open ${name} in a new tab`,
  disabled: 'An admin has disabled this plugin. Its settings are kept.',
};

export const workspaceTexts = {
  missing: 'It may have been deleted.',
  none: 'No workspaces yet',
  create: 'Create a workspace',
  layoutHelp: 'Applications of areas that the new layout lacks move to its first area.',
  saved: (name: string) => `Workspace “${name}” saved`,
  created: (name: string) => `Workspace “${name}” created`,
  removal: 'Its applications and their settings go with it.',
  show: 'Show workspace',
  sharedHelp: 'Everybody in the unit can see it.',
  privateHelp: 'Only its owner and admins can see it.',
  privateOf: (owner: string) => `Private: ${owner}`,
  private: 'Private',
  unknownOwner: 'unknown owner',
  empty: 'A workspace arranges plugin applications on one page.',
};

export const dashboardTexts = {
  emptyProfile: 'No workspaces in this profile',
  emptyProfileText: 'Choose another profile, or show all workspaces.',
  makeFirst: 'A workspace arranges plugin applications on one page. Make the first one.',
  nothingShared: 'Nobody has shared a workspace with you yet.',
  noApplications: 'No applications in this workspace',
  placeApplications: 'Place applications of the installed plugins in its areas.',
  addApplications: 'Add applications',
  missing: 'It may have been deleted, or it is not shared with you.',
};

/** The layouts, by their names in the API. */
export const layoutNames = {
  single: 'Single',
  'two-columns': 'Two columns',
  'three-columns': 'Three columns',
  'top-and-columns': 'Top and columns',
};

/** The areas of the layouts, by their names in the API. */
export const areaNames: Record<string, string> = {
  left: 'Left',
  main: 'Main',
  right: 'Right',
  side: 'Side',
  top: 'Top',
};
