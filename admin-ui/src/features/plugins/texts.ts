export const pluginTexts = {
  configuration: 'Free-form JSON that the plugin reads. It counts for the whole unit.',
  secrets: (keys: string[]) =>
    `The configuration of this plugin holds secrets (${keys.join(', ')}). Who reads them is recorded.`,
  version: (version: string) => `version ${version}`,
  install: 'Install plugin',
  disabling: 'A disabled plugin keeps its configuration. Its applications show as disabled.',
  removal: 'Its configuration, permissions and mappings go with it.',
  missing: 'It may have been removed.',
  showConfiguration: 'Show and edit the configuration',
  bundle: 'Bundle',
  none: 'No plugins yet',
  empty: 'A plugin brings applications that people place in their workspaces. Its manifest says what it is.',
  installFirst: 'Install the first plugin',
};

/** The tabs of a plugin, by their names in the address. */
export const tabTexts = {
  about: 'About',
  settings: 'Settings',
  permissions: 'Permissions',
  mappings: 'Mappings',
};

export const factTexts = {
  author: 'Author',
  noAuthor: 'Not given',
  page: 'Page',
  noPage: 'None',
  source: 'Manifest from',
  noSource: 'File or JSON',
};

export const permissionTexts = {
  about: 'Who may do what in this plugin. A row without a check mark is open to nobody.',
  noneText: 'The manifest of this plugin names no permissions.',
  dropped: (id: string) => `${id} (no longer in the manifest)`,
  none: 'No permissions',
  permission: 'Permission',
};

export const mappingTexts = {
  about: 'Which installed plugin serves what this plugin requires.',
  noneText: 'This plugin requires no actions or portals of other plugins.',
  server: (plugin: string, name: string, enabled: boolean) =>
    `${plugin}: ${name}${enabled ? '' : ' (disabled)'}`,
  nobody: 'Nobody',
  notInstalled: (bundle: string, name: string) => `${bundle}: ${name} (not installed)`,
  none: 'No mappings',
  action: 'Action',
  portal: 'Portal',
};

/** What was done. Sentences without their full stops. */
export const toastTexts = {
  enabled: (name: string) => `Plugin “${name}” enabled`,
  disabled: (name: string) => `Plugin “${name}” disabled`,
  updated: (name: string, before: string, version: string) =>
    `Plugin “${name}” updated${version === before ? '' : `: ${before} → ${version}`}`,
  installed: (name: string) => `Plugin “${name}” installed`,
  mappings: (name: string) => `Mappings of “${name}” saved`,
  permissions: (name: string) => `Permissions of “${name}” saved`,
  settings: (name: string) => `Settings of “${name}” saved`,
};
