import type { ConfigurationType } from '../../../apollo/generated/graphql';
import { roleNames } from '../../../texts';
import { isObject } from '../../../ui/json-text';
import { valueTexts } from './change-texts';
import { pointerNames } from './json-pointer';
import type { ObjectNames } from './object-names';

type Reading = (value: unknown, rest: readonly string[], names: ObjectNames) => unknown;

/**
 * A recorded value as people read it: ids that only the server knows are replaced by names, pictures by their size.
 * Free-form JSON stays as it is.
 */
export function readableValue(
  type: ConfigurationType,
  path: string,
  value: unknown,
  names: ObjectNames,
): unknown {
  const [field, ...rest] = pointerNames(path);
  if (field !== undefined) return readings[type][field]?.(value, rest, names) ?? value;
  if (!isObject(value)) return value;
  return mapped(value, (each, name) => readings[type][name]?.(each, [], names) ?? each);
}

const readings: Record<ConfigurationType, Record<string, Reading>> = {
  CONFIG_KEY: {},
  PROFILE: {
    roles: (value) => (Array.isArray(value) ? value.map(roleText) : value),
    workspaces: (value, _rest, names) =>
      Array.isArray(value) ? value.map((id) => named(id, names.workspace)) : value,
  },
  PLUGIN: {
    permissions: (value) => {
      if (Array.isArray(value)) return value.map(roleText);
      return isObject(value)
        ? mapped(value, (each) => (Array.isArray(each) ? each.map(roleText) : each))
        : value;
    },
    mappings: (value, rest, names) => {
      if (!isObject(value)) return value;
      return rest.length === 0
        ? mapped(value, (each) => withPluginName(each, names))
        : withPluginName(value, names);
    },
  },
  WORKSPACE: {
    owner: (value, _rest, names) => named(value, names.person),
    icon: (value, rest) => (rest.length === 0 ? iconText(value) : value),
    applications: (value, [id, part], names) => {
      if (part !== undefined) return part === 'pluginId' ? named(value, names.plugin) : value;
      if (id !== undefined) return withPluginName(value, names);
      // The keys are ids, which nobody knows.
      return isObject(value) ? Object.values(value).map((each) => withPluginName(each, names)) : value;
    },
  },
};

function withPluginName(value: unknown, names: ObjectNames): unknown {
  if (!isObject(value)) return value;
  const { pluginId, ...others } = value;
  return pluginId === undefined ? value : { plugin: named(pluginId, names.plugin), ...others };
}

function named(id: unknown, nameOf: (id: string) => string | undefined): unknown {
  return typeof id === 'string' ? (nameOf(id) ?? id) : id;
}

function roleText(role: unknown): unknown {
  return typeof role === 'string' && Object.hasOwn(roleNames, role)
    ? roleNames[role as keyof typeof roleNames]
    : role;
}

function iconText(icon: unknown): unknown {
  if (!isObject(icon)) return icon;
  if ('picture' in icon) return pictureText(icon['picture']);
  return [icon['initials'], icon['colour']].filter((part) => typeof part === 'string').join(', ');
}

function pictureText(picture: unknown): string {
  // Four characters of a data: URL hold three bytes.
  const bytes = typeof picture === 'string' ? Math.round((picture.length * 3) / 4) : 0;
  return valueTexts.picture(Math.max(1, Math.round(bytes / 1024)));
}

function mapped(
  object: Record<string, unknown>,
  change: (value: unknown, name: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}
