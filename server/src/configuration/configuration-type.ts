import { registerEnumType } from 'type-graphql';
import { type Kind } from '../change/core/task';

/** The kinds as the API names them. */
export const ConfigurationType: { readonly [K in Kind]: K } = {
  PLUGIN: 'PLUGIN',
  WORKSPACE: 'WORKSPACE',
  PROFILE: 'PROFILE',
  CONFIG_KEY: 'CONFIG_KEY',
};
registerEnumType(ConfigurationType, { name: 'ConfigurationType', description: 'A kind of configuration.' });

export const SortDirection = { ASCENDING: 'ASCENDING', DESCENDING: 'DESCENDING' } as const;
export type SortDirection = keyof typeof SortDirection;
registerEnumType(SortDirection, { name: 'SortDirection', description: 'Which end of a list comes first.' });
