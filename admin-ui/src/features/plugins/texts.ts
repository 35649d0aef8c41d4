export const pluginTexts = {
  configuration: 'Free-form JSON that the plugin reads. It counts for the whole unit.',
  secrets: (keys: string[]) =>
    `The configuration of this plugin holds secrets (${keys.join(', ')}). Who reads them is recorded.`,
  noPermissions: 'The manifest of this plugin names no permissions.',
  permissions: 'Who may do what in this plugin. A row without a check mark is open to nobody.',
  noMappings: 'This plugin requires no actions or portals of other plugins.',
  mappings: 'Which installed plugin serves what this plugin requires.',
};
