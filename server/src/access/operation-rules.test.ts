import { type Actor } from './actor';
import { judge, type OperationCall, type OperationRule, operationRules } from './operation-rules';
import { type Role } from './role';

const unit = 'unit-1';
const anActor = (role: Role | undefined, given: Partial<Actor> = {}): Actor => ({
  userId: 'user-1',
  email: 'ada@example.org',
  name: 'Ada',
  organisationAdmin: false,
  roles: new Map(role ? [[unit, role]] : []),
  via: { kind: 'session', id: 'session-1' },
  ...given,
});
const anAdmin = anActor('ADMIN');
const viaToken = { via: { kind: 'token', id: 'token-1' } } as const;

const ruleOf = (operation: string): OperationRule => {
  const rule = operationRules[operation];
  if (!rule) throw new Error(`No rule for ${operation}`);
  return rule;
};

/** What comes of the call: `allowed` or the code of the refusal. */
async function verdict(operation: string, actor: Actor | undefined, call: Partial<OperationCall> = {}) {
  const unitOfKnown = (id: string) => Promise.resolve(id === 'known' ? unit : undefined);
  try {
    await judge(ruleOf(operation), {
      actor,
      parent: undefined,
      args: {},
      unitOf: { job: unitOfKnown, plan: unitOfKnown, upload: unitOfKnown, 'safe mode': unitOfKnown },
      ...call,
    });
    return 'allowed';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test('signed out, only what is open to anyone passes', async () => {
  const open = [];
  for (const operation of Object.keys(operationRules))
    if ((await verdict(operation, undefined)) === 'allowed') open.push(operation);
  expect(open).toEqual([
    'Query.viewer',
    'Query.system',
    'Mutation.signIn',
    'Mutation.signOut',
    'Mutation.setUp',
    'Mutation.acceptInvitation',
  ]);
  expect(await verdict('Query.unit', undefined)).toBe('UNAUTHENTICATED');
});

test('the unit is found at the path in the arguments', async () => {
  const args = { input: { unitId: unit } };
  expect(await verdict('Mutation.createProfile', anAdmin, { args })).toBe('allowed');
  expect(await verdict('Mutation.createProfile', anActor('POWER_USER'), { args })).toBe('FORBIDDEN');
  expect(await verdict('Mutation.createProfile', anAdmin, { args: { input: { unitId: 'unit-2' } } })).toBe(
    'FORBIDDEN',
  );
});

test('a call without a unit id, or with one that is no text, is refused', async () => {
  for (const args of [{}, undefined, { input: null }, { input: { unitId: { toString: () => unit } } }])
    expect(await verdict('Mutation.createProfile', anAdmin, { args })).toBe('FORBIDDEN');
});

test('a field of a unit is judged by its parent', async () => {
  expect(await verdict('Unit.configKeys', anAdmin, { parent: { id: unit } })).toBe('allowed');
  expect(await verdict('Unit.configKeys', anActor('USER'), { parent: { id: unit } })).toBe('FORBIDDEN');
  expect(await verdict('Unit.configKeys', anAdmin, { parent: { id: 'unit-2' } })).toBe('FORBIDDEN');
});

test('an object of another unit looks like one that does not exist', async () => {
  const stranger = anActor(undefined);
  expect(await verdict('Mutation.cancelJob', anAdmin, { args: { id: 'known' } })).toBe('allowed');
  expect(await verdict('Mutation.cancelJob', anAdmin, { args: { id: 'unknown' } })).toBe('NOT_FOUND');
  expect(await verdict('Mutation.cancelJob', stranger, { args: { id: 'known' } })).toBe('NOT_FOUND');
  expect(await verdict('Mutation.cancelJob', anActor('USER'), { args: { id: 'known' } })).toBe('FORBIDDEN');
});

test('making tokens, changing passwords and members needs a browser session', async () => {
  const token = anActor('ADMIN', viaToken);
  const args = { unitId: unit, input: { unitId: unit } };
  for (const operation of [
    'createApiToken',
    'revokeApiToken',
    'changePassword',
    'addMember',
    'updateMember',
    'removeMember',
    'resetPassword',
  ]) {
    expect(await verdict(`Mutation.${operation}`, token, { args })).toBe('FORBIDDEN');
    expect(await verdict(`Mutation.${operation}`, anAdmin, { args })).toBe('allowed');
  }
});

test('an organisation admin manages accounts everywhere, but reads only a name of a unit without membership', async () => {
  const organisationAdmin = anActor(undefined, { organisationAdmin: true });
  const args = { unitId: unit, input: { unitId: unit } };
  expect(await verdict('Mutation.resetPassword', organisationAdmin, { args })).toBe('allowed');
  expect(await verdict('Mutation.createUnit', organisationAdmin)).toBe('allowed');
  expect(await verdict('Unit.name', organisationAdmin, { parent: { id: unit } })).toBe('allowed');
  expect(await verdict('Unit.plugins', organisationAdmin, { parent: { id: unit } })).toBe('FORBIDDEN');
  expect(await verdict('Mutation.createProfile', organisationAdmin, { args })).toBe('FORBIDDEN');
  expect(await verdict('Mutation.createUnit', anAdmin)).toBe('FORBIDDEN');
});
