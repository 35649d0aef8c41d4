import { type Actor } from '../access/actor';
import { type ConfigurationObject, type CreateOperation, type Id, type Kind } from '../change/core/task';
import { type Plugin } from '../configuration/plugin/plugin';
import { type Application, type Workspace } from '../configuration/workspace/workspace';
import { sampleConfigKeys } from './config-keys';
import { sampleProfiles } from './profiles';
import { publishingPlugins } from './publishing-plugins';
import { manifestOf, type SamplePlugin } from './sample-plugin';
import { storyPlugins } from './story-plugins';
import { type SampleWorkspace, sampleWorkspaces } from './workspaces';

const samplePlugins = [...storyPlugins, ...publishingPlugins];

/**
 * Everything that the sample unit holds: the dashboard of an invented newspaper. Meant for one edit of an empty unit.
 * @param actor becomes the owner of all workspaces
 * @param mint gives an unused id with each call
 * @param at when it is asked for
 */
export function sampleOperations(actor: Actor, mint: () => Id, at = new Date()): CreateOperation[] {
  const plugins = idsBy(samplePlugins, ({ bundle }) => bundle, mint);
  const workspaces = idsBy(sampleWorkspaces, ({ name }) => name, mint);
  const operationId = mint();
  const create = (kind: Kind, target: Id, value: ConfigurationObject): CreateOperation => ({
    op: 'CREATE',
    operationId,
    taskId: mint(),
    kind,
    target,
    value,
    at: at.toISOString(),
    by: actor.userId,
  });
  return [
    ...samplePlugins.map((plugin) => create('PLUGIN', plugins(plugin.bundle), pluginOf(plugin, plugins))),
    ...sampleWorkspaces.map((workspace) =>
      create('WORKSPACE', workspaces(workspace.name), workspaceOf(workspace, actor.email, plugins, mint)),
    ),
    ...sampleProfiles.map((profile) =>
      create('PROFILE', mint(), { ...profile, workspaces: profile.workspaces.map(workspaces) }),
    ),
    ...sampleConfigKeys.map((configKey) =>
      create('CONFIG_KEY', configKey.key, { ...configKey, secret: configKey.secret ?? false }),
    ),
  ];
}

/** Finds the id of something by its name. */
type IdOf = (name: string) => Id;

function pluginOf(plugin: SamplePlugin, idOf: IdOf): Plugin {
  const mappings = Object.entries(plugin.mappings ?? {}).map(([required, { bundle, name }]) => [
    required,
    { pluginId: idOf(bundle), name },
  ]);
  return {
    bundle: plugin.bundle,
    manifest: manifestOf(plugin),
    enabled: plugin.enabled ?? true,
    configuration: plugin.configuration,
    permissions: plugin.permissions ?? {},
    mappings: Object.fromEntries(mappings) as Plugin['mappings'],
  };
}

function workspaceOf(
  { name, icon, layout, shared, areas }: SampleWorkspace,
  owner: string,
  idOf: IdOf,
  mint: () => Id,
): Workspace {
  const applications = Object.entries(areas).flatMap(([area, placed]) =>
    placed.map(({ bundle, configuration }, position): [Id, Application] => [
      mint(),
      { pluginId: idOf(bundle), area, position, configuration: configuration ?? {} },
    ]),
  );
  return { name, icon, layout, shared, owner, applications: Object.fromEntries(applications) };
}

function idsBy<T>(all: readonly T[], nameOf: (one: T) => string, mint: () => Id): IdOf {
  const ids = new Map(all.map((one) => [nameOf(one), mint()]));
  return (name) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`The sample has nothing named ${name}`);
    return id;
  };
}
