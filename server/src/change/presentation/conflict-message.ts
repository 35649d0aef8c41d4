import { type ChangeCause } from '../../unit/unit.entity';
import { canonical } from '../core/canonical';
import { isJsonObject, type Json, own, sameJson } from '../core/json';
import { type Conflict, type Kind, type ObjectName } from '../core/task';
import { fieldInWords, objectInWords, placeInWords } from './words';

/** What is known around a conflict. */
export interface MessageFacts {
  /** What an object is called, if that is known. */
  nameOf: (object: ObjectName) => string | undefined;
  /** Whether the other object stands in the way only as the same safe mode makes it, and not as it is live. */
  inSafeMode?: boolean;
  /** Why live changed last. */
  cause?: ChangeCause;
}

/** A conflict in plain words, without any value but names: values may be secret. */
export function conflictMessage(conflict: Conflict, facts: MessageFacts): string {
  const target = named({ kind: conflict.kind, id: conflict.target }, facts);
  const others = (conflict.others ?? []).map((other) => named(other, facts)).join(', ');
  const have = (conflict.others ?? []).length > 1 ? 'have' : 'has';
  const where = conflict.path === '' ? '' : ` (${placeInWords(conflict.path)})`;
  switch (conflict.code) {
    case 'NAME_TAKEN':
      return `${capital(target)} cannot have ${takenKey(conflict, facts)}: ${others} ${
        facts.inSafeMode ? `${have} it in the same safe mode` : `${have} it already`
      }.`;
    case 'TARGET_MISSING':
      return `${capital(target)} does not exist any more${removedBy(facts.cause)}.`;
    case 'FIELD_CHANGED':
      return `Somebody has changed ${target} at the same place in the meantime: ${placeInWords(conflict.path)}${
        conflict.live === undefined ? ', which is gone' : ''
      }.`;
    case 'DELETE_OF_CHANGED':
      return `${changer(facts.cause)} has changed ${target} since its removal was asked for${changedFields(conflict)}.`;
    case 'REFERENCE_MISSING':
      return `${capital(target)} would point at ${others}, which ${missing(facts)}${where}.`;
    case 'REFERENCE_GAINED':
      return `${capital(target)} cannot be removed: ${others} ${conflict.derived ? 'still uses it' : 'has begun to use it'}.`;
    case 'IN_USE':
      return `${capital(target)} is used by ${others}. Remove it there first, or detach.`;
    case 'DEPENDENCY_REMOVED':
      return `${capital(target)} needs ${others}, whose creation is itself in conflict or was removed${where}.`;
    case 'UNIT_REPLACED':
      return `A backup was imported in the meantime, so ${target} may be another one by now. ${
        conflict.task === ''
          ? 'Load what is there now, and edit that.'
          : 'Match the changes with the new content, or discard them.'
      }`;
    case 'INVALID':
      return `${capital(target)} would not be valid${where}: ${conflict.fault ?? 'see the field'}.`;
  }
}

function named(object: ObjectName, { nameOf }: MessageFacts): string {
  return objectInWords(object.kind, nameOf(object));
}

/** The key itself only where it is not the target's name, which the sentence begins with. */
function takenKey({ kind, target, mine }: Conflict, { nameOf }: MessageFacts): string {
  const isNew = typeof mine === 'string' && mine !== nameOf({ kind, id: target });
  return isNew ? `the ${keyWord(kind)} “${mine}”` : `this ${keyWord(kind)}`;
}

function keyWord(kind: Kind): string {
  if (kind === 'PLUGIN') return 'bundle';
  return kind === 'CONFIG_KEY' ? 'key' : 'name';
}

function removedBy(cause: ChangeCause | undefined): string {
  if (cause === 'IMPORT') return ' since a backup was imported';
  if (cause === 'UNDO') return ' since something was undone';
  return cause === 'SAFE_MODE' ? ' since another safe mode was applied' : '';
}

function changer(cause: ChangeCause | undefined): string {
  if (cause === 'IMPORT') return 'The import of a backup';
  if (cause === 'UNDO') return 'An undo';
  return cause === 'SAFE_MODE' ? 'Another safe mode' : 'Somebody';
}

function missing({ inSafeMode, cause }: MessageFacts): string {
  if (inSafeMode) return 'the same safe mode removes';
  return cause === undefined ? 'does not exist' : `does not exist any more${removedBy(cause)}`;
}

function changedFields({ kind, base, live }: Conflict): string {
  const [before, after] = [wholeObject(kind, base), wholeObject(kind, live)];
  if (!before || !after) return '';
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => !sameJson(own(before, field), own(after, field)),
  );
  return fields.length === 0 ? '' : `: ${fields.map(fieldInWords).join(', ')}`;
}

const wholeObject = (kind: Kind, value: Json | undefined) =>
  isJsonObject(value) ? canonical(kind, value) : undefined;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
