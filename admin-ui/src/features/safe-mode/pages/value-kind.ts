import type { ConfigurationType, ConflictCode } from '../../../apollo/generated/graphql';
import { pointerNames } from './json-pointer';

/** The editor that fits a value: a name, a text, yes or no, workspaces in order, free-form, or other JSON. */
export type ValueKind = 'name' | 'text' | 'boolean' | 'workspaces' | 'layout' | 'free-form' | 'json';

const kindsOfFields: Record<ConfigurationType, Record<string, ValueKind>> = {
  PROFILE: { name: 'name', workspaces: 'workspaces' },
  WORKSPACE: { name: 'name', layout: 'layout', shared: 'boolean' },
  PLUGIN: { manifestUrl: 'text', enabled: 'boolean' },
  CONFIG_KEY: { description: 'text', secret: 'boolean' },
};

/** Which editor fits the place of a conflict. */
export function valueKindOf(type: ConfigurationType, code: ConflictCode, path: string): ValueKind {
  if (code === 'NAME_TAKEN') return 'name';
  const [field = '', ...rest] = pointerNames(path);
  if (isFreeForm(type, path)) return 'free-form';
  if (type === 'WORKSPACE' && field === 'applications' && rest[1] === 'area') return 'text';
  return (rest.length === 0 ? kindsOfFields[type][field] : undefined) ?? 'json';
}

/** Whether any JSON may stand there, so that a text and a number that look the same must be told apart. */
export function isFreeForm(type: ConfigurationType, path: string): boolean {
  const [field, , part] = pointerNames(path);
  if (type === 'CONFIG_KEY') return field === 'value';
  if (type === 'PLUGIN') return field === 'configuration';
  return type === 'WORKSPACE' && field === 'applications' && part === 'configuration';
}
