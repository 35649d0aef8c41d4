import type { ConfigurationType } from '../apollo/generated/graphql';
import { actionTexts, typeNames } from '../texts';

/** Whether people say that they delete it, or that they remove it. */
export type RemovalVerb = 'delete' | 'remove';

/** The kinds of objects within a sentence. */
const typeNouns: Record<ConfigurationType, string> = {
  PLUGIN: 'plugin',
  WORKSPACE: 'workspace',
  PROFILE: 'profile',
  CONFIG_KEY: 'config key',
};

const nounOf = (type: string) => (typeNouns as Record<string, string>)[type] ?? type;

export const formTexts = {
  notSaved: 'Not saved yet',
  changedElsewhere:
    'Somebody else changed this while you were editing. Show the present state (what you typed is dropped), or keep yours and save it over the other change.',
  showPresent: 'Show the present state',
  keepMine: 'Keep mine',
  done: (what: string, safeMode: string | undefined) =>
    safeMode === undefined ? `${what}.` : `${what} in the safe mode “${safeMode}”.`,
};

export const removalTexts = {
  question: (verb: RemovalVerb, type: ConfigurationType, name: string) =>
    `${actionTexts[verb]} ${typeNouns[type]} “${name}”?`,
  /** A sentence without its full stop. */
  gone: (verb: RemovalVerb, type: ConfigurationType, name: string) =>
    `${typeNames[type]} “${name}” ${verb === 'delete' ? 'deleted' : 'removed'}`,
  inUse: (name: string) => `“${name}” is in use`,
  usedBy: 'It is used by what is listed here. You can remove it there too.',
  user: (type: string, name: string) => `${nounOf(type)} “${name}”`,
  removeThereToo: 'Remove there too',
};
