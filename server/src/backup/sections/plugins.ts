import { canonicalField } from '../../change/core/canonical';
import { isJsonObject, type Json, type JsonObject } from '../../change/core/json';
import { type Id } from '../../change/core/task';
import { isTrue } from '../../configuration/kind-tables';
import { declaredSecretKeys } from '../../configuration/plugin/declared';
import { type Mapping, type Plugin } from '../../configuration/plugin/plugin';
import { sealSecrets } from '../../configuration/secrets';
import { tables } from '../../configuration/tables';
import { type Sealer } from '../../storage/sealer';
import { type PluginRow } from '../format/rows/section';
import { compareUtf8 } from '../format/rows/utf8-order';
import { type SectionTables } from './section-tables';

type ReadColumns = [string, string, string, string | null, unknown, string, string];
type MappingColumns = [pluginId: string, required: string, targetPluginId: string, name: string];

/** A row's parts; JSON as text, so that stored text passes through unparsed. */
interface Parts {
  id: Id;
  bundle: string;
  manifest: string;
  manifestUrl: string | null;
  enabled: boolean;
  configuration: string;
  permissions: string;
  mappings: readonly [required: string, mapping: Mapping][];
}

export const plugins: SectionTables<'plugins'> = {
  section: 'plugins',
  table: 'plugin',
  readColumns: ['id', 'bundle', 'manifest', 'manifest_url', 'enabled', 'configuration', 'permissions'],
  loadColumns: tables.PLUGIN.columns,
  child: {
    table: 'plugin_mapping',
    owner: 'plugin_id',
    columns: ['plugin_id', 'required', 'target_plugin_id', 'name'],
    orderBy: 'required',
  },

  textOfColumns(columns, children, sealer) {
    const [id, bundle, manifest, manifestUrl, enabled, configuration, permissions] = columns as ReadColumns;
    return textOf({
      id,
      bundle,
      manifest,
      manifestUrl,
      enabled: isTrue(enabled),
      configuration: withOpenSecrets(configuration, manifest, sealer),
      permissions,
      mappings: (children as MappingColumns[]).map(([, required, pluginId, name]) => [
        required,
        { pluginId, name },
      ]),
    });
  },

  textOfRow: (row) =>
    textOf({
      ...row,
      manifest: JSON.stringify(row.manifest),
      manifestUrl: row.manifestUrl ?? null,
      configuration: JSON.stringify(row.configuration),
      permissions: JSON.stringify(storedPermissions(row)),
      mappings: Object.entries(row.mappings).sort(([a], [b]) => compareUtf8(a, b)),
    }),

  tableRows({ id, ...plugin }, sealer) {
    const stored = { ...plugin, permissions: storedPermissions(plugin) };
    const { row, children } = tables.PLUGIN.encode(id, sealSecrets('PLUGIN', stored, sealer));
    return { row, children: children[0] ?? [] };
  },
};

/** Other programs may write the roles in any order. */
const storedPermissions = ({ permissions }: Pick<PluginRow, 'permissions'>) =>
  canonicalField('setMap', permissions) as Plugin['permissions'];

function textOf({
  id,
  bundle,
  manifest,
  manifestUrl,
  enabled,
  configuration,
  permissions,
  mappings,
}: Parts): string {
  const url = manifestUrl === null ? '' : `,"manifestUrl":${JSON.stringify(manifestUrl)}`;
  return (
    `{"id":${JSON.stringify(id)},"bundle":${JSON.stringify(bundle)},"manifest":${manifest}${url}` +
    `,"enabled":${enabled},"configuration":${configuration},"permissions":${permissions}` +
    `,"mappings":{${mappings.map(mappingText).join(',')}}}`
  );
}

const mappingText = ([required, { pluginId, name }]: readonly [string, Mapping]) =>
  `${JSON.stringify(required)}:{"pluginId":${JSON.stringify(pluginId)},"name":${JSON.stringify(name)}}`;

/** The stored configuration with its secret values in clear; parsed only where the manifest may name secret keys. */
function withOpenSecrets(configuration: string, manifest: string, sealer: Sealer): string {
  if (!manifest.includes('"secretKeys"')) return configuration;
  const secretKeys = declaredSecretKeys(JSON.parse(manifest) as Json);
  const values = JSON.parse(configuration) as JsonObject;
  if (!isJsonObject(values) || !secretKeys.some((key) => Object.hasOwn(values, key))) return configuration;
  const fields = Object.entries(values).map(([key, value]) => {
    const text = secretKeys.includes(key) ? sealer.open(value as string) : JSON.stringify(value);
    return `${JSON.stringify(key)}:${text}`;
  });
  return `{${fields.join(',')}}`;
}
