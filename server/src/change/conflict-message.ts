import { type Conflict, type Kind, type ObjectName } from './task';

/** What an object is called, if that is known. */
export type NameOf = (object: ObjectName) => string | undefined;

const words: Readonly<Record<Kind, string>> = {
  PLUGIN: 'plugin',
  WORKSPACE: 'workspace',
  PROFILE: 'profile',
  CONFIG_KEY: 'config key',
};

/** A conflict in plain words, without any value: values may be secret. */
export function conflictMessage(conflict: Conflict, nameOf: NameOf): string {
  const target = named({ kind: conflict.kind, id: conflict.target }, nameOf);
  const others = (conflict.others ?? []).map((other) => named(other, nameOf)).join(', ');
  const where = conflict.path === '' ? '' : ` (${conflict.path})`;
  switch (conflict.code) {
    case 'NAME_TAKEN':
      return `${capital(target)} cannot have this ${keyWord(conflict.kind)}: ${others} has it already.`;
    case 'TARGET_MISSING':
      return `${capital(target)} does not exist any more.`;
    case 'FIELD_CHANGED':
      return `${capital(target)} was changed at the same place by somebody else${where}.`;
    case 'DELETE_OF_CHANGED':
      return `${capital(target)} was changed by somebody else since its removal was asked for.`;
    case 'REFERENCE_MISSING':
      return `${capital(target)} would point at ${others}, which does not exist${where}.`;
    case 'REFERENCE_GAINED':
      return `${capital(target)} cannot be removed: ${others} has begun to use it.`;
    case 'IN_USE':
      return `${capital(target)} is used by ${others}. Remove it there first, or detach.`;
    case 'DEPENDENCY_REMOVED':
      return `${capital(target)} needs ${others}, whose creation is itself in conflict or was removed${where}.`;
    case 'UNIT_REPLACED':
      return 'A backup was imported since this was recorded. Match the changes with the new content, or discard them.';
    case 'INVALID':
      return `${capital(target)} would not be valid${where}: ${conflict.fault ?? 'see the field'}.`;
  }
}

function named(object: ObjectName, nameOf: NameOf): string {
  const name = nameOf(object);
  return name === undefined ? `a ${words[object.kind]}` : `the ${words[object.kind]} “${name}”`;
}

function keyWord(kind: Kind): string {
  if (kind === 'PLUGIN') return 'bundle';
  return kind === 'CONFIG_KEY' ? 'key' : 'name';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
