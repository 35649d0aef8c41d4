import { nameKey } from '../../change/core/name-key';
import { isTrue, type KindTables } from '../kind-tables';
import { type Mapping, type Plugin } from './plugin';
import { pluginDescriptor } from './plugin.descriptor';

type Row = [string, string, string, string, string, string, string | null, unknown, string, string];

export const pluginTables: KindTables<Plugin> = {
  kind: 'PLUGIN',
  table: 'plugin',
  columns: [
    'id',
    'bundle',
    'name_key',
    'name',
    'sort_key',
    'manifest',
    'manifest_url',
    'enabled',
    'configuration',
    'permissions',
  ],
  keyColumn: 'name_key',
  searchColumn: 'sort_key',
  children: [
    {
      name: 'plugin_mapping',
      owner: 'plugin_id',
      columns: ['plugin_id', 'required', 'target_plugin_id', 'name'],
      orderBy: 'required',
    },
  ],
  references: [{ table: 'plugin_mapping', owner: 'plugin_id', column: 'target_plugin_id', to: 'PLUGIN' }],
  sorts: {
    NAME: { column: 'sort_key', of: (_, plugin) => nameKey(pluginDescriptor.displayName(plugin)) },
    BUNDLE: { column: 'name_key', of: (_, { bundle }) => nameKey(bundle) },
  },

  encode(id, plugin) {
    const name = pluginDescriptor.displayName(plugin);
    return {
      row: [
        id,
        plugin.bundle,
        nameKey(plugin.bundle),
        name,
        nameKey(name),
        JSON.stringify(plugin.manifest),
        plugin.manifestUrl ?? null,
        plugin.enabled,
        JSON.stringify(plugin.configuration),
        JSON.stringify(plugin.permissions),
      ],
      children: [
        Object.entries(plugin.mappings).map(([required, { pluginId, name }]) => [
          id,
          required,
          pluginId,
          name,
        ]),
      ],
    };
  },

  decode(row, [mappings = []]) {
    const [, bundle, , , , manifest, manifestUrl, enabled, configuration, permissions] = row as Row;
    return {
      bundle,
      manifest: JSON.parse(manifest) as Plugin['manifest'],
      ...(manifestUrl !== null && { manifestUrl }),
      enabled: isTrue(enabled),
      configuration: JSON.parse(configuration) as Plugin['configuration'],
      permissions: JSON.parse(permissions) as Plugin['permissions'],
      mappings: Object.fromEntries(mappings.map(mappingOf)),
    };
  },
};

function mappingOf(row: readonly unknown[]): [required: string, mapping: Mapping] {
  const [, required, pluginId, name] = row as string[];
  return [required!, { pluginId: pluginId!, name: name! }];
}
