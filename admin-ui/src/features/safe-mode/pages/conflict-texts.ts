import type { ConflictCode, Resolution } from '../../../apollo/generated/graphql';

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

export const conflictTexts = {
  /** Before the time. */
  liveChange: (isDeletion: boolean, by: string | undefined) =>
    `${isDeletion ? 'Deleted' : 'Changed'} live by ${by ?? 'the system'},`,
  because: (summaries: readonly string[]) =>
    `Only because of what is in conflict itself: ${summaries.join('; ')}`,
  detachesMore: 'Detach drops the reference wherever it is used by now.',
};

/** What a conflict is between. */
export const sideTexts = {
  mine: 'Mine, in this safe mode',
  inSafeMode: 'In this safe mode',
  theirs: 'Theirs, live now',
  live: 'Live now',
  recorded: 'When it was recorded',
  secret: 'A secret: its values are not shown.',
  changedSinceDeletion: 'What changed live since the deletion was recorded:',
  changedLive: 'What changed live',
  noSecrets: 'Secrets are left out.',
  differing: (live: string, recorded: string) => `${live} (−), and ${recorded.toLowerCase()} (+)`,
  differs: 'What differs',
  ofSafeMode: 'What this safe mode changes',
};
