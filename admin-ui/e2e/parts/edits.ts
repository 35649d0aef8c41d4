import type { Api } from './api';

/** What a mutation of the configuration is sent, without its unit. */
type Input = Record<string, unknown>;

interface Named {
  id: string;
  name: string;
}

/** Sends one mutation of the configuration, live or recorded in a safe mode. */
export function edit<Payload = unknown>(
  { ask, unitId }: Api,
  mutation: string,
  inputType: string,
  input: Input,
  { fields, safeMode }: { fields: string; safeMode?: string },
): Promise<Record<string, Payload>> {
  return ask(
    `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { ${fields} } }`,
    { input: { unitId, ...input } },
    safeMode,
  );
}

export const setConfigKey = (api: Api, input: Input, safeMode?: string) =>
  edit(api, 'setConfigKey', 'SetConfigKeyInput', input, { fields: 'configKey { id }', safeMode });

export const updateProfile = (api: Api, input: Input, safeMode?: string) =>
  edit(api, 'updateProfile', 'UpdateProfileInput', input, { fields: 'profile { id }', safeMode });

export const deleteProfile = (api: Api, id: string, safeMode?: string) =>
  edit(api, 'deleteProfile', 'DeleteInput', { id }, { fields: 'id', safeMode });

export const deleteWorkspace = (api: Api, id: string, safeMode?: string) =>
  edit(api, 'deleteWorkspace', 'DeleteInput', { id, detach: true }, { fields: 'id', safeMode });

/** Makes a profile that shows these workspaces; answers its id. */
export async function addProfile(
  api: Api,
  name: string,
  workspaceIds: readonly string[] = [],
  safeMode?: string,
): Promise<string> {
  const { createProfile } = await edit<{ profile: Named }>(
    api,
    'createProfile',
    'CreateProfileInput',
    { name, roles: ['USER'], workspaceIds },
    { fields: 'profile { id name }', safeMode },
  );
  return createProfile?.profile.id ?? '';
}

/** Makes an empty workspace; answers its id. */
export async function addWorkspace(api: Api, name: string, safeMode?: string): Promise<string> {
  const { createWorkspace } = await edit<{ workspace: Named }>(
    api,
    'createWorkspace',
    'CreateWorkspaceInput',
    { name },
    { fields: 'workspace { id name }', safeMode },
  );
  return createWorkspace?.workspace.id ?? '';
}

/** The profiles as everybody has them: their workspaces by name. */
export async function liveProfiles({ ask, unitId }: Api): Promise<Record<string, string[]>> {
  interface Answer {
    unit: { profiles: { nodes: { name: string; workspaces: Named[] }[] } };
  }
  const { unit } = await ask<Answer>(
    'query ($unitId: ID!) { unit(id: $unitId) { profiles(first: 200) { nodes { name workspaces { id name } } } } }',
    { unitId },
  );
  return Object.fromEntries(
    unit.profiles.nodes.map(({ name, workspaces }) => [name, workspaces.map((each) => each.name)]),
  );
}

/** The value of a config key as everybody has it; undefined where there is none. */
export async function liveValue({ ask, unitId }: Api, key: string): Promise<unknown> {
  const { unit } = await ask<{ unit: { configKey: { value: unknown } | null } }>(
    'query ($unitId: ID!, $key: String!) { unit(id: $unitId) { configKey(key: $key) { value } } }',
    { unitId, key },
  );
  return unit.configKey?.value;
}

/** Installs a plugin; answers its id. */
export async function installPlugin(api: Api, manifest: object, more: Input = {}): Promise<string> {
  const { installPlugin } = await edit<{ plugin: { id: string } }>(
    api,
    'installPlugin',
    'InstallPluginInput',
    { manifest, ...more },
    { fields: 'plugin { id }' },
  );
  return installPlugin?.plugin.id ?? '';
}

/** Makes a workspace as it is given; answers its id. */
export async function arrangeWorkspace(api: Api, input: Input): Promise<string> {
  const { createWorkspace } = await edit<{ workspace: Named }>(
    api,
    'createWorkspace',
    'CreateWorkspaceInput',
    input,
    { fields: 'workspace { id name }' },
  );
  return createWorkspace?.workspace.id ?? '';
}

/** The applications of a workspace as everybody has them: by area, in order, the names of their plugins. */
export async function liveAreas({ ask, unitId }: Api, id: string): Promise<Record<string, string[]>> {
  interface Answer {
    unit: { workspace: { applications: { area: string; position: number; plugin: { name: string } }[] } };
  }
  const { unit } = await ask<Answer>(
    'query ($unitId: ID!, $id: ID!) { unit(id: $unitId) { workspace(id: $id) { applications { area position plugin { name } } } } }',
    { unitId, id },
  );
  const areas: Record<string, string[]> = {};
  for (const each of [...unit.workspace.applications].sort((a, b) => a.position - b.position)) {
    (areas[each.area] ??= []).push(each.plugin.name);
  }
  return areas;
}
