import type { ChangeCause, ConfigurationType, TaskOperation } from '../../apollo/generated/graphql';

export const typeNames: Record<ConfigurationType, string> = {
  PLUGIN: 'Plugin',
  WORKSPACE: 'Workspace',
  PROFILE: 'Profile',
  CONFIG_KEY: 'Config key',
};

export const operationNames: Record<TaskOperation, string> = {
  CREATE: 'Created',
  UPDATE: 'Changed',
  DELETE: 'Deleted',
};

/** From where a change came, when it was not an ordinary edit. */
export const causeNames: Record<ChangeCause, string | undefined> = {
  CREATED: 'with the unit',
  EDIT: undefined,
  SAFE_MODE: 'from a safe mode',
  IMPORT: 'by an import',
  UNDO: 'by an undo',
};
