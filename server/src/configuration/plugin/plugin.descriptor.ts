import { type Descriptor, asJson } from '../../change/core/descriptor';
import {
  isJsonObject,
  type Json,
  own,
  type Pointer,
  pointerNames,
  pointerTo,
  sameJson,
  withKey,
} from '../../change/core/json';
import { nameKey, storedName } from '../../change/core/name-key';
import { type Fault } from '../../change/core/task';
import {
  booleanRule,
  entriesRule,
  fault,
  nameRule,
  objectRule,
  optionalTextRule,
  textRule,
  unknownFieldFaults,
} from '../field-rules';
import { jsonFaults, sizeFaults } from '../json-limits';
import { rolesRule } from '../roles-rule';
import { declaredPermissions, declaredRequirements, declaredSecretKeys } from './declared';
import { manifestFaults } from './manifest';
import { type Plugin } from './plugin';

export const pluginDescriptor: Descriptor<Plugin> = {
  kind: 'PLUGIN',
  key: 'bundle',
  unique: true,
  fields: {
    bundle: 'scalar',
    manifest: 'json',
    manifestUrl: 'scalar',
    enabled: 'scalar',
    configuration: 'map',
    permissions: 'setMap',
    mappings: 'leafMap',
  },
  keyOf: ({ bundle }) => (typeof bundle === 'string' ? nameKey(bundle) : undefined),

  stored: (plugin) => ({
    ...plugin,
    bundle: typeof plugin.bundle === 'string' ? storedName(plugin.bundle) : plugin.bundle,
    enabled: plugin.enabled === undefined ? true : plugin.enabled,
    configuration: plugin.configuration === undefined ? {} : plugin.configuration,
    permissions: plugin.permissions === undefined ? {} : plugin.permissions,
    mappings: plugin.mappings === undefined ? {} : plugin.mappings,
  }),

  refersTo: ['PLUGIN'],
  references: (id, { mappings }) =>
    entriesOf(mappings).flatMap(([required, mapping]) =>
      isJsonObject(mapping) && typeof mapping.pluginId === 'string'
        ? [
            {
              place: `plugin:${id}#${required}`,
              path: pointerTo('mappings', required),
              to: 'PLUGIN',
              id: mapping.pluginId,
            },
          ]
        : [],
    ),

  drop(plugin, reference) {
    const [, required = ''] = pointerNames(reference.path);
    return { ...plugin, mappings: withKey(plugin.mappings, required, undefined) };
  },

  redirect: (plugin, found) => ({
    ...plugin,
    mappings: Object.fromEntries(
      entriesOf(plugin.mappings).map(([required, mapping]) => [
        required,
        { ...mapping, pluginId: found('PLUGIN', mapping.pluginId) },
      ]),
    ),
  }),

  // A new manifest takes with it what it no longer knows, as a new layout moves what has lost its area.
  settle(plugin, before) {
    if (!before) return plugin;
    return {
      ...plugin,
      permissions: stillDeclared(
        plugin.permissions,
        before.permissions,
        declaredPermissions(plugin.manifest),
      ),
      mappings: stillDeclared(plugin.mappings, before.mappings, declaredRequirements(plugin.manifest)),
    };
  },

  validate: (plugin) => [
    ...unknownFieldFaults(asJson(plugin), pluginDescriptor.fields),
    ...nameRule('/bundle', plugin.bundle),
    ...manifestFaults(plugin.manifest).map(({ path, message }) => fault(`/manifest${path}`, message)),
    ...bundleFaults(plugin),
    ...optionalTextRule('/manifestUrl', plugin.manifestUrl, 2000),
    ...booleanRule('/enabled', plugin.enabled),
    ...objectRule('/configuration', plugin.configuration),
    ...permissionFaults(plugin),
    ...mappingFaults(plugin),
    ...jsonFaults(asJson(plugin)),
    ...sizeFaults(asJson(plugin)),
  ],

  validateEdit: (before, after) =>
    before.bundle === after.bundle ? [] : [fault('/bundle', 'cannot be changed')],

  displayName: ({ manifest, bundle }) =>
    isJsonObject(manifest) && typeof manifest.name === 'string' ? manifest.name : bundle,

  secrets: ({ manifest }) => declaredSecretKeys(manifest).map((key) => pointerTo('configuration', key)),
};

function bundleFaults({ bundle, manifest }: Plugin): Fault[] {
  const declared = isJsonObject(manifest) ? manifest.bundle : undefined;
  if (typeof declared !== 'string' || typeof bundle !== 'string') return [];
  return nameKey(declared) === nameKey(bundle)
    ? []
    : [fault('/manifest/bundle', `must be ${bundle}, as installed`)];
}

function permissionFaults({ manifest, permissions }: Plugin): Fault[] {
  const declared = declaredPermissions(manifest);
  return entriesRule('/permissions', permissions, 200, (roles, path, id) => [
    ...(declared && !declared.includes(id) ? [fault(path, 'is not a permission of the manifest')] : []),
    ...rolesRule(path, roles),
  ]);
}

function mappingFaults({ manifest, mappings }: Plugin): Fault[] {
  const declared = declaredRequirements(manifest);
  return entriesRule('/mappings', mappings, 200, (mapping, path, required) => [
    ...(declared && !declared.includes(required) ? [fault(path, 'is not required by the manifest')] : []),
    ...mappingShapeFaults(mapping, path),
  ]);
}

function mappingShapeFaults(mapping: Json, path: Pointer): Fault[] {
  if (!isJsonObject(mapping)) return objectRule(path, mapping);
  return [
    ...Object.keys(mapping)
      .filter((key) => key !== 'pluginId' && key !== 'name')
      .map((key) => fault(path + pointerTo(key), 'is not a field of a mapping')),
    ...textRule(`${path}/pluginId`, mapping.pluginId, 36),
    ...textRule(`${path}/name`, mapping.name, 200),
  ];
}

function stillDeclared<T extends Json>(
  now: { [id: string]: T },
  before: { [id: string]: T },
  declared: string[] | undefined,
): { [id: string]: T } {
  if (!declared) return now;
  const vanished = (id: string) => !declared.includes(id) && sameJson(now[id], own(before, id));
  return Object.fromEntries(entriesOf(now).filter(([id]) => !vanished(id)));
}

function entriesOf<T>(object: { [id: string]: T } | undefined): [string, T][] {
  return isJsonObject(object) ? Object.entries(object) : [];
}
