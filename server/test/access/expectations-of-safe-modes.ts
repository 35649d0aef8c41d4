import { type SafeMode } from '../../src/safe-mode/safe-mode.store';
import { type Caller, type Office } from './callers';
import { admins, type Call, type Expectation, fieldOfUnit, members, mutation } from './expectation';
import { applied, aSafeModeOf, aTakenName, conflictOf } from './safe-mode-of-office';

/** The callers' own: only rights in the unit are missing. */
const ownerFor = (office: Office, caller: Caller) => office.user(caller === 'signed out' ? 'ADMIN' : caller);

const anOwnSafeMode = (office: Office, caller: Caller, profiles?: readonly string[]) =>
  aSafeModeOf(office, ownerFor(office, caller), profiles);

/** An operation on one safe mode by its id. */
const byId = (
  kind: 'query' | 'mutation',
  call: string,
  make: (office: Office, caller: Caller) => Promise<SafeMode>,
): Expectation => ({
  allowed: admins,
  call: async (office, caller): Promise<Call> => ({
    query: `${kind} ($id: ID!) { ${call} }`,
    variables: { id: (await make(office, caller)).id },
  }),
});

const ofAnother = (office: Office) => aSafeModeOf(office, office.user('POWER_USER'));

export const safeModes: Record<string, Expectation> = {
  'Query.safeMode': byId('query', 'safeMode(id: $id) { id tasks { id } conflicts { id } }', ofAnother),
  'Unit.safeModes': fieldOfUnit('safeModes { id tasks { id } }', admins),
  'Unit.presence': fieldOfUnit('presence { safeModeName }'),
  'Mutation.startSafeMode': {
    allowed: admins,
    call: ({ unitId }) => mutation('startSafeMode', 'StartSafeModeInput', '{ id }', { unitId }),
  },
  'Mutation.enterSafeMode': byId('mutation', 'enterSafeMode(id: $id) { id }', ofAnother),
  // Whoever entered as an admin gets out as whatever they are now.
  'Mutation.leaveSafeMode': {
    allowed: members,
    call: ({ unitId }) => ({
      query: 'mutation ($unit: ID!) { leaveSafeMode(unitId: $unit) }',
      variables: { unit: unitId },
    }),
  },
  'Mutation.renameSafeMode': byId(
    'mutation',
    'renameSafeMode(id: $id, name: "Renamed") { id }',
    anOwnSafeMode,
  ),
  'Mutation.deleteSafeMode': byId('mutation', 'deleteSafeMode(id: $id)', anOwnSafeMode),
  'Mutation.removeSafeModeTask': {
    allowed: admins,
    call: async (office, caller) => {
      const { id, tasks } = await anOwnSafeMode(office, caller);
      return mutation('removeSafeModeTask', 'RemoveSafeModeTaskInput', '{ __typename }', {
        safeModeId: id,
        taskId: tasks[0]!.id,
      });
    },
  },
  'Mutation.resolveSafeModeConflict': {
    allowed: admins,
    call: async (office, caller) => {
      const { id } = await anOwnSafeMode(office, caller, [await aTakenName(office)]);
      return mutation('resolveSafeModeConflict', 'ResolveSafeModeConflictInput', '{ id }', {
        safeModeId: id,
        conflictId: await conflictOf(office, id),
        resolution: 'VALUE',
        value: office.unique(),
      });
    },
  },
  'Mutation.applySafeMode': {
    allowed: admins,
    call: async (office, caller) => {
      const { id, revision } = await anOwnSafeMode(office, caller);
      return mutation('applySafeMode', 'ApplySafeModeInput', '{ __typename }', { id, revision });
    },
  },
  'Mutation.undoSafeMode': byId('mutation', 'undoSafeMode(id: $id) { id }', async (office) => {
    const owner = office.user('ADMIN');
    const safeMode = await aSafeModeOf(office, owner);
    await applied(office, owner, safeMode);
    return safeMode;
  }),
  'Subscription.safeModeBanner': {
    allowed: members,
    call: ({ unitId }) => ({
      query: 'subscription ($unit: ID!) { safeModeBanner(unitId: $unit) { safeModeName } }',
      variables: { unit: unitId },
    }),
  },
};
