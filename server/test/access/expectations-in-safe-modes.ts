import { type Office } from './callers';
import { type Call, mutation } from './expectation';
import { expectations } from './expectations';
import { conflictOf } from './safe-mode-of-office';
import { type Scene, type Situation } from './situations';

/**
 * The code of the refusal; `recorded` in the file, for nobody else to see; `live`, for everybody, and not in the file;
 * `done`, and neither of the two has changed.
 */
export type Outcomes = Readonly<Record<Situation, string>>;

export interface ExpectationInSafeMode {
  outcomes: Outcomes;
  /** Only organisation admins get so far that the safe mode matters. */
  ofOrganisationAdmins?: true;
  /** On the safe mode of the scene; left out, on something fresh. */
  call?: (scene: Scene, office: Office) => Call | Promise<Call>;
  /** What may come of it all the same, by the work behind it, which has its own tests. */
  mayEndWith?: readonly string[];
}

const outcomes = (of: Partial<Outcomes> = {}): Outcomes => ({
  owner: 'done',
  'owner who says none': 'done',
  previewer: 'done',
  'demoted owner': 'FORBIDDEN',
  'deactivated owner': 'UNAUTHENTICATED',
  'removed owner': 'FORBIDDEN',
  'owner by a lower token': 'FORBIDDEN',
  'tab that lost its context': 'done',
  'owner of a deleted one': 'done',
  'owner of an applied one': 'done',
  ...of,
});

/** Whose unit is looked up from the object: there is no such object for those who are not in it. */
const outsideNotFound = { 'removed owner': 'NOT_FOUND' } as const;

const configuration: ExpectationInSafeMode = {
  outcomes: outcomes({
    owner: 'recorded',
    'owner who says none': 'live',
    previewer: 'SAFE_MODE_READ_ONLY',
    'tab that lost its context': 'SAFE_MODE_CONTEXT_LOST',
    'owner of a deleted one': 'SAFE_MODE_CLOSED',
    'owner of an applied one': 'SAFE_MODE_CLOSED',
  }),
};

const notRecordable = (
  of: Partial<Outcomes> = {},
  mayEndWith: readonly string[] = [],
): ExpectationInSafeMode => ({
  mayEndWith,
  outcomes: outcomes({
    owner: 'NOT_RECORDABLE',
    previewer: 'NOT_RECORDABLE',
    'tab that lost its context': 'SAFE_MODE_CONTEXT_LOST',
    'owner of a deleted one': 'NOT_RECORDABLE',
    'owner of an applied one': 'NOT_RECORDABLE',
    ...of,
  }),
});

/** Has nothing to do with what is live or recorded. */
const besides = (of: Partial<Outcomes> = {}, mayEndWith: readonly string[] = []): ExpectationInSafeMode => ({
  outcomes: outcomes(of),
  mayEndWith,
});

const forEverybody = besides({
  'demoted owner': 'done',
  'deactivated owner': 'done',
  'removed owner': 'done',
  'owner by a lower token': 'done',
});

/** By name, on the safe mode of the scene: what the header says does not matter. */
const ofSafeMode = (
  call: NonNullable<ExpectationInSafeMode['call']>,
  of: Partial<Outcomes> = {},
): ExpectationInSafeMode => ({
  outcomes: outcomes({
    previewer: 'NOT_OWNER',
    ...outsideNotFound,
    'owner of a deleted one': 'SAFE_MODE_CLOSED',
    'owner of an applied one': 'SAFE_MODE_CLOSED',
    ...of,
  }),
  call,
});

/** The owner rewrites the file, whatever the header says. */
const rewriting: Partial<Outcomes> = {
  owner: 'recorded',
  'owner who says none': 'recorded',
  'tab that lost its context': 'recorded',
};

const byId =
  (call: string) =>
  ({ safeMode: { id } }: Scene): Call => ({ query: `mutation ($id: ID!) { ${call} }`, variables: { id } });

/** What comes of every mutation of the schema in each situation. */
export const expectationsInSafeModes: Readonly<Record<string, ExpectationInSafeMode>> = {
  createWorkspace: configuration,
  updateWorkspace: configuration,
  deleteWorkspace: configuration,
  installPlugin: configuration,
  updatePlugin: configuration,
  configurePlugin: configuration,
  removePlugin: configuration,
  setConfigKey: configuration,
  removeConfigKey: configuration,
  createProfile: configuration,
  updateProfile: configuration,
  deleteProfile: configuration,

  addMember: notRecordable(),
  updateMember: notRecordable(),
  removeMember: notRecordable(),
  resetPassword: notRecordable(),
  createUnit: {
    ...notRecordable({
      'owner who says none': 'live',
      'demoted owner': 'NOT_RECORDABLE',
      'removed owner': 'NOT_RECORDABLE',
    }),
    ofOrganisationAdmins: true,
  },
  // Power users have tokens, too.
  createApiToken: notRecordable({ 'demoted owner': 'NOT_RECORDABLE' }),
  revokeApiToken: notRecordable({ 'demoted owner': 'NOT_RECORDABLE', 'removed owner': 'NOT_RECORDABLE' }),
  importBackup: notRecordable(outsideNotFound, ['PLAN_STALE']),
  undoImport: notRecordable(outsideNotFound, ['NOT_UNDOABLE']),

  exportBackup: besides({}, ['BUSY']),
  validateBackup: besides({}, ['BUSY', 'UPLOAD_EXPIRED', 'UPLOAD_CHANGED']),
  cancelJob: besides(outsideNotFound),

  signIn: forEverybody,
  signOut: forEverybody,
  acceptInvitation: forEverybody,
  changePassword: besides({ 'demoted owner': 'done', 'removed owner': 'done' }),
  setUp: besides({
    owner: 'FORBIDDEN',
    'owner who says none': 'FORBIDDEN',
    previewer: 'FORBIDDEN',
    'deactivated owner': 'FORBIDDEN',
    'tab that lost its context': 'FORBIDDEN',
    'owner of a deleted one': 'FORBIDDEN',
    'owner of an applied one': 'FORBIDDEN',
  }),

  startSafeMode: besides(),
  leaveSafeMode: besides({ 'demoted owner': 'done', 'owner by a lower token': 'done' }),
  enterSafeMode: ofSafeMode(byId('enterSafeMode(id: $id) { id }'), { previewer: 'done' }),
  renameSafeMode: ofSafeMode(byId('renameSafeMode(id: $id, name: "Renamed") { id }')),
  // Once more is no harm.
  deleteSafeMode: ofSafeMode(byId('deleteSafeMode(id: $id)'), { 'owner of a deleted one': 'done' }),
  removeSafeModeTask: ofSafeMode(
    ({ safeMode: { id, tasks } }) =>
      mutation('removeSafeModeTask', 'RemoveSafeModeTaskInput', '{ __typename }', {
        safeModeId: id,
        taskId: tasks[0]!.id,
      }),
    rewriting,
  ),
  resolveSafeModeConflict: ofSafeMode(
    async ({ safeMode: { id } }, office) =>
      mutation('resolveSafeModeConflict', 'ResolveSafeModeConflictInput', '{ id }', {
        safeModeId: id,
        conflictId: (await conflictOf(office, id)) ?? 'none stands',
        resolution: 'VALUE',
        value: office.unique(),
      }),
    rewriting,
  ),
  // Applied before: the same answer again.
  applySafeMode: ofSafeMode(
    ({ safeMode: { id, revision } }) =>
      mutation('applySafeMode', 'ApplySafeModeInput', '{ __typename }', { id, revision }),
    { 'owner of an applied one': 'done' },
  ),
  undoSafeMode: ofSafeMode(byId('undoSafeMode(id: $id) { id }'), {
    owner: 'NOT_UNDOABLE',
    'owner who says none': 'NOT_UNDOABLE',
    previewer: 'NOT_UNDOABLE',
    'tab that lost its context': 'NOT_UNDOABLE',
    'owner of a deleted one': 'NOT_UNDOABLE',
    'owner of an applied one': 'done',
  }),
};

/** A call of the mutation with everything it needs, so that only the situation decides. */
export function callInScene(name: string, scene: Scene, office: Office): Call | Promise<Call> {
  const { call } = expectationsInSafeModes[name]!;
  if (call) return call(scene, office);
  office.cast('ADMIN', scene.user);
  return expectations[`Mutation.${name}`]!.call(office, 'ADMIN');
}
