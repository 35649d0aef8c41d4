import { type ConfigurationClient } from '../../parts/configuration';

export interface PluginAnswer {
  id: string;
  bundle: string;
  name: string;
  version: string;
  manifest: object;
  manifestUrl: string | null;
  enabled: boolean;
  configuration: unknown;
  permissions: unknown;
  mappings: unknown;
}

export interface ApplicationAnswer {
  id: string;
  area: string;
  position: number;
  configuration: unknown;
  plugin: { id: string; bundle: string };
}

export interface WorkspaceAnswer {
  id: string;
  name: string;
  icon: unknown;
  layout: string;
  shared: boolean;
  owner: { name: string } | null;
  applications: ApplicationAnswer[];
  profiles: { id: string; name: string }[];
}

export interface ProfileAnswer {
  id: string;
  name: string;
  roles: string[];
  workspaces: { id: string; name: string }[];
}

export interface ConfigKeyAnswer {
  id: string;
  key: string;
  description: string | null;
  secret: boolean;
  value: unknown;
}

/** The whole configuration of a unit, secrets in clear. */
export interface Everything {
  plugins: PluginAnswer[];
  workspaces: WorkspaceAnswer[];
  profiles: ProfileAnswer[];
  configKeys: ConfigKeyAnswer[];
}

/** Where a payload says that it went; null for everybody. */
export type RecordedIn = { safeMode: { id: string; revision: number; taskCount: number } | null };

const shown = {
  plugin: 'id bundle name version manifest manifestUrl enabled configuration permissions mappings',
  workspace: `id name icon layout shared owner { name }
    applications { id area position configuration plugin { id bundle } } profiles { id name }`,
  profile: 'id name roles workspaces { id name }',
  configKey: 'id key description secret value',
};
const recordedIn = 'safeMode { id revision taskCount }';

/** A manifest with all that must be in one. */
export const manifestOf = (bundle: string, more: object = {}) => ({
  bundle,
  name: bundle,
  author: { name: 'Somebody' },
  version: '1.0.0',
  ...more,
});

/** Every edit and read of the configuration by one caller, live or in a safe mode as the client's header says. */
export class Edits {
  constructor(readonly client: ConfigurationClient) {}

  async installPlugin(bundle: string, manifest: object = {}, input: object = {}) {
    const asked = { manifest: manifestOf(bundle, manifest), ...input };
    return this.edit<'plugin', PluginAnswer>('installPlugin', 'InstallPluginInput', 'plugin', asked);
  }

  async updatePlugin(id: string, manifest: object, input: object = {}) {
    const asked = { id, manifest, ...input };
    return this.edit<'plugin', PluginAnswer>('updatePlugin', 'UpdatePluginInput', 'plugin', asked);
  }

  async configurePlugin(id: string, input: object) {
    const asked = { id, ...input };
    return this.edit<'plugin', PluginAnswer>('configurePlugin', 'ConfigurePluginInput', 'plugin', asked);
  }

  async removePlugin(id: string, input: object = {}) {
    return this.remove('removePlugin', 'DeleteInput', { id, ...input });
  }

  async createWorkspace(name: string, input: object = {}) {
    const asked = { name, ...input };
    return this.edit<'workspace', WorkspaceAnswer>(
      'createWorkspace',
      'CreateWorkspaceInput',
      'workspace',
      asked,
    );
  }

  async updateWorkspace(id: string, input: object) {
    const asked = { id, ...input };
    return this.edit<'workspace', WorkspaceAnswer>(
      'updateWorkspace',
      'UpdateWorkspaceInput',
      'workspace',
      asked,
    );
  }

  async deleteWorkspace(id: string, input: object = {}) {
    return this.remove('deleteWorkspace', 'DeleteInput', { id, ...input });
  }

  async createProfile(name: string, input: object = {}) {
    const asked = { name, roles: [], workspaceIds: [], ...input };
    return this.edit<'profile', ProfileAnswer>('createProfile', 'CreateProfileInput', 'profile', asked);
  }

  async updateProfile(id: string, input: object) {
    const asked = { id, ...input };
    return this.edit<'profile', ProfileAnswer>('updateProfile', 'UpdateProfileInput', 'profile', asked);
  }

  async deleteProfile(id: string, input: object = {}) {
    return this.remove('deleteProfile', 'DeleteInput', { id, ...input });
  }

  async setConfigKey(key: string, input: object) {
    const asked = { key, ...input };
    return this.edit<'configKey', ConfigKeyAnswer>('setConfigKey', 'SetConfigKeyInput', 'configKey', asked);
  }

  async removeConfigKey(key: string, input: object = {}) {
    return this.remove('removeConfigKey', 'RemoveConfigKeyInput', { key, ...input });
  }

  async plugin(id: string): Promise<PluginAnswer | null> {
    return this.one<PluginAnswer>('plugin', 'id', 'ID', id);
  }

  async workspace(id: string): Promise<WorkspaceAnswer | null> {
    return this.one<WorkspaceAnswer>('workspace', 'id', 'ID', id);
  }

  async profile(id: string): Promise<ProfileAnswer | null> {
    return this.one<ProfileAnswer>('profile', 'id', 'ID', id);
  }

  async configKey(key: string): Promise<ConfigKeyAnswer | null> {
    return this.one<ConfigKeyAnswer>('configKey', 'key', 'String', key);
  }

  /** Fields of a list, as the arguments ask for it. */
  async list<T>(kind: keyof Everything, given: string, fields: string): Promise<T> {
    const data = await this.client.unit<Record<string, T>>(`${kind}${given} { ${fields} }`);
    return data[kind]!;
  }

  /** All that there is, in the order of the lists. */
  async everything(): Promise<Everything> {
    const all = (kind: keyof Everything, fields: string) => `${kind}(first: 100) { nodes { ${fields} } }`;
    const lists = await this.client.unit<{ [K in keyof Everything]: { nodes: Everything[K] } }>(
      [
        all('plugins', shown.plugin),
        all('workspaces', shown.workspace),
        all('profiles', shown.profile),
        all('configKeys', shown.configKey),
      ].join(' '),
    );
    const { plugins, workspaces, profiles, configKeys } = lists;
    return {
      plugins: plugins.nodes,
      workspaces: workspaces.nodes,
      profiles: profiles.nodes,
      configKeys: configKeys.nodes,
    };
  }

  private edit<F extends string, T>(
    mutation: string,
    inputType: string,
    field: F & keyof typeof shown,
    input: object,
  ): Promise<Record<F, T> & RecordedIn> {
    return this.client.mutate(mutation, inputType, input, `${field} { ${shown[field]} } ${recordedIn}`);
  }

  private remove(mutation: string, inputType: string, input: object): Promise<{ id: string } & RecordedIn> {
    return this.client.mutate(mutation, inputType, input, `id ${recordedIn}`);
  }

  private async one<T>(
    field: keyof typeof shown,
    argument: string,
    type: string,
    value: string,
  ): Promise<T | null> {
    const data = await this.client.unit<Record<string, T | null>>(
      `${field}(${argument}: $value) { ${shown[field]} }`,
      { value },
      `$value: ${type}${type === 'String' || field !== 'plugin' ? '!' : ''}`,
    );
    return data[field] ?? null;
  }
}
