import { tokenOf } from '../parts/accounts';
import { type Office, thePassword } from './callers';
import {
  adminsInBrowser,
  type Expectation,
  everyone,
  fieldOfUnit,
  inBrowser,
  memberManagers,
  members,
  mutation,
  nobody,
  signedIn,
} from './expectation';

async function invitationToken(office: Office): Promise<string> {
  const answer = await office.server.graphql<{ addMember: { inviteUrl: string } }>(
    'mutation ($input: AddMemberInput!) { addMember(input: $input) { inviteUrl } }',
    {
      input: { unitId: office.unitId, email: `${office.unique()}@example.org`, name: 'Guest', role: 'USER' },
    },
    office.unit.as,
  );
  return tokenOf(answer.data.addMember.inviteUrl);
}

export const accounts: Record<string, Expectation> = {
  'Query.viewer': { allowed: signedIn, call: () => ({ query: '{ viewer { id } }' }) },
  'Query.system': { allowed: everyone, call: () => ({ query: '{ system { version } }' }) },
  'Query.unit': fieldOfUnit('id'),
  'Mutation.signIn': {
    allowed: everyone,
    call: async (office) => ({
      query:
        'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { id } }',
      variables: { email: (await office.member('USER')).email, password: thePassword },
    }),
  },
  'Mutation.signOut': { allowed: everyone, call: () => ({ query: 'mutation { signOut }' }) },
  // It was done before all of this; set-up.test.ts is about the time before.
  'Mutation.setUp': {
    allowed: nobody,
    call: () =>
      mutation('setUp', 'SetUpInput', '{ id }', {
        token: 'guessed',
        email: 'eve@example.org',
        name: 'Eve',
        password: thePassword,
        unitName: 'Mine',
      }),
  },
  'Mutation.acceptInvitation': {
    allowed: everyone,
    call: async (office) => ({
      query: `mutation ($token: String!, $password: String!) {
        acceptInvitation(token: $token, name: "Guest", password: $password) { id } }`,
      variables: { token: await invitationToken(office), password: thePassword },
    }),
  },
  'Mutation.changePassword': {
    allowed: inBrowser,
    call: () => ({
      query: 'mutation ($password: String!) { changePassword(current: $password, password: $password) }',
      variables: { password: thePassword },
    }),
  },
  'Mutation.createApiToken': {
    allowed: ['USER', 'POWER_USER', ...adminsInBrowser],
    call: ({ unitId }) =>
      mutation('createApiToken', 'CreateApiTokenInput', '{ secret }', { unitId, name: 'Mine', role: 'USER' }),
  },
  // The token is the one of the caller who is a USER.
  'Mutation.revokeApiToken': {
    allowed: ['USER', ...adminsInBrowser],
    call: async (office) => {
      const { id, email, name, organisationAdmin } = office.user('USER');
      const { token } = await office.server.app.tokens.create(
        {
          userId: id,
          email,
          name,
          organisationAdmin,
          roles: new Map([[office.unitId, 'USER']]),
          via: { kind: 'session', id: 'none' },
        },
        { unitId: office.unitId, name: 'Script', role: 'USER' },
      );
      return { query: 'mutation ($id: ID!) { revokeApiToken(id: $id) }', variables: { id: token.id } };
    },
  },
  'Mutation.createUnit': {
    allowed: ['organisation admin elsewhere'],
    call: () => ({
      query: 'mutation { createUnit(name: "Arts") { id name revision members { totalCount } } }',
    }),
  },
  'Mutation.addMember': {
    allowed: memberManagers,
    call: (office) =>
      mutation('addMember', 'AddMemberInput', '{ role unit { name } inviteUrl }', {
        unitId: office.unitId,
        email: `${office.unique()}@example.org`,
        name: 'Guest',
        role: 'ADMIN',
      }),
  },
  'Mutation.updateMember': {
    allowed: memberManagers,
    call: async (office) =>
      mutation('updateMember', 'UpdateMemberInput', '{ role active }', {
        unitId: office.unitId,
        userId: (await office.member('USER')).id,
        role: 'ADMIN',
        active: false,
      }),
  },
  'Mutation.removeMember': {
    allowed: memberManagers,
    call: async (office) => ({
      query: 'mutation ($unit: ID!, $user: ID!) { removeMember(unitId: $unit, userId: $user) }',
      variables: { unit: office.unitId, user: (await office.member('USER')).id },
    }),
  },
  'Mutation.resetPassword': {
    allowed: memberManagers,
    call: async (office) => ({
      query: 'mutation ($unit: ID!, $user: ID!) { resetPassword(unitId: $unit, userId: $user) }',
      variables: { unit: office.unitId, user: (await office.member('USER')).id },
    }),
  },
  'Subscription.unitChanged': {
    allowed: members,
    call: ({ unitId }) => ({
      query: 'subscription ($unit: ID!) { unitChanged(unitId: $unit) { revision } }',
      variables: { unit: unitId },
    }),
  },
};
