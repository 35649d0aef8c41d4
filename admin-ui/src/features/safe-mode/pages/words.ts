import type {
  ConfigurationType,
  ConflictCode,
  Resolution,
  TaskOperation,
} from '../../../apollo/generated/graphql';
import { pointerNames } from './json-pointer';
import type { ObjectNames } from './object-names';

export const typeNames: Record<ConfigurationType, string> = {
  PLUGIN: 'Plugin',
  WORKSPACE: 'Workspace',
  PROFILE: 'Profile',
  CONFIG_KEY: 'Config key',
};

export const operationNames: Record<TaskOperation, string> = {
  CREATE: 'Create',
  UPDATE: 'Change',
  DELETE: 'Delete',
};

export const appliedOperationNames: Record<TaskOperation, string> = {
  CREATE: 'Created',
  UPDATE: 'Changed',
  DELETE: 'Deleted',
};

/** What stands against a change, in a few words; the server says the rest. */
export const conflictNames: Record<ConflictCode, string> = {
  NAME_TAKEN: 'The name is taken',
  TARGET_MISSING: 'It is gone',
  FIELD_CHANGED: 'Changed live in the meantime',
  DELETE_OF_CHANGED: 'Changed live in the meantime',
  REFERENCE_MISSING: 'It would point at nothing',
  REFERENCE_GAINED: 'In use by now',
  IN_USE: 'In use',
  DEPENDENCY_REMOVED: 'It needs a change that is in conflict',
  UNIT_REPLACED: 'A backup was imported',
  INVALID: 'Not valid',
};

/** What the button of a resolution says. */
export function resolutionName(resolution: Resolution, code: ConflictCode): string {
  if (resolution === 'VALUE') return code === 'NAME_TAKEN' ? 'Another name…' : 'Enter a value…';
  if (resolution === 'MINE' && code === 'DELETE_OF_CHANGED') return 'Delete anyway';
  return plainNames[resolution];
}

const plainNames: Record<Exclude<Resolution, 'VALUE'>, string> = {
  MINE: 'Keep mine',
  THEIRS: 'Keep theirs',
  RECREATE: 'Create again',
  DETACH: 'Detach',
  REMATCH: 'Match again',
};

/** What became of it, for whoever cannot see the page change. */
export const resolvedTexts: Record<Resolution, string> = {
  MINE: 'Kept yours.',
  THEIRS: 'Kept theirs: the live value stays.',
  VALUE: 'The new value is recorded.',
  RECREATE: 'It will be created again.',
  DETACH: 'The references will be dropped.',
  REMATCH: 'The changes were matched with the imported content.',
};

const fieldNames: Record<string, string> = { manifestUrl: 'manifest address' };

/**
 * A place in an object, as people call it: `name`, `configuration › server › url`, `area of the application “Clock”`.
 * `value` is what stands there, by which an added or removed application is known.
 */
export function placeName(path: string, names: ObjectNames, value?: unknown): string {
  const [field, ...rest] = pointerNames(path);
  if (field === undefined) return 'All of it';
  if (field !== 'applications' || rest[0] === undefined) return within(field, rest);
  const [id, part, ...inner] = rest;
  const plugin = pluginOf(value, names) ?? names.application(id);
  const application = plugin === undefined ? 'an application' : `the application “${plugin}”`;
  return part === undefined ? application : `${within(part, inner)} of ${application}`;
}

function within(field: string, rest: readonly string[]): string {
  return [fieldNames[field] ?? field, ...rest].join(' › ');
}

function pluginOf(value: unknown, names: ObjectNames): string | undefined {
  if (typeof value !== 'object' || value === null || !('pluginId' in value)) return undefined;
  return typeof value.pluginId === 'string' ? names.plugin(value.pluginId) : undefined;
}
