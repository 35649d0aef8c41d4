import { type Descriptor, asJson } from '../../change/core/descriptor';
import { type Json } from '../../change/core/json';
import { storedName } from '../../change/core/name-key';
import { type Fault } from '../../change/core/task';
import { booleanRule, fault, nameRule, optionalTextRule, unknownFieldFaults } from '../field-rules';
import { jsonFaults, sizeFaults } from '../json-limits';
import { type ConfigKey } from './config-key';

export const configKeyDescriptor: Descriptor<ConfigKey> = {
  kind: 'CONFIG_KEY',
  key: 'key',
  unique: false,
  fields: { key: 'scalar', value: 'map', description: 'scalar', secret: 'scalar' },
  keyOf: ({ key }) => (typeof key === 'string' ? key : undefined),

  stored: (configKey) => ({
    ...configKey,
    key: typeof configKey.key === 'string' ? storedName(configKey.key) : configKey.key,
    secret: configKey.secret === undefined ? false : configKey.secret,
  }),

  refersTo: [],
  references: () => [],
  drop: (configKey) => configKey,
  redirect: (configKey) => configKey,
  settle: (configKey) => configKey,

  validate: (configKey) => [
    ...unknownFieldFaults(asJson(configKey), configKeyDescriptor.fields),
    ...nameRule('/key', configKey.key, 255),
    ...valueFaults(configKey.value),
    ...optionalTextRule('/description', configKey.description, 2000),
    ...booleanRule('/secret', configKey.secret),
    ...jsonFaults(asJson(configKey)),
    ...sizeFaults(asJson(configKey)),
  ],

  validateEdit: (before, after) =>
    before.key === after.key ? [] : [fault('/key', 'cannot be changed; remove it and add another')],
  displayName: ({ key }) => key,
  secrets: ({ secret }) => (secret ? ['/value'] : []),
};

function valueFaults(value: Json | undefined): Fault[] {
  if (value === undefined) return [fault('/value', 'is missing')];
  return value === null ? [fault('/value', 'must not be null')] : [];
}
