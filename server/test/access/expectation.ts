import { type Caller, callers, type Office } from './callers';

/** A call of an operation with everything it needs, so that only who calls decides. */
export interface Call {
  query: string;
  variables?: Record<string, unknown>;
}

export interface Expectation {
  /** Who gets through; everybody else is refused, and nothing changes. */
  allowed: readonly Caller[];
  call: (office: Office, caller: Caller) => Call | Promise<Call>;
  /** What else may come of a call that got through: the work behind it has its own tests. */
  mayEndWith?: readonly string[];
}

export const nobody: readonly Caller[] = [];
export const admins: readonly Caller[] = ['ADMIN', 'ADMIN via token'];
export const adminsInBrowser: readonly Caller[] = ['ADMIN'];
export const editors: readonly Caller[] = ['POWER_USER', ...admins];
export const members: readonly Caller[] = ['READONLY', 'USER', ...editors];
export const signedIn: readonly Caller[] = [
  ...members,
  'member of another unit',
  'organisation admin elsewhere',
];
export const inBrowser = signedIn.filter((caller) => caller !== 'ADMIN via token');
export const memberManagers: readonly Caller[] = [...adminsInBrowser, 'organisation admin elsewhere'];
/** A script whose token has ended is told so whatever it asks. */
export const everyone = callers.filter((caller) => caller !== 'deactivated via token');

export const mutation = (name: string, inputType: string, fields: string, input: object): Call => ({
  query: `mutation ($input: ${inputType}!) { ${name}(input: $input) ${fields} }`,
  variables: { input },
});

export const fieldOfUnit = (selection: string, allowed = members): Expectation => ({
  allowed,
  call: ({ unitId }) => ({
    query: `query ($id: ID!) { unit(id: $id) { ${selection} } }`,
    variables: { id: unitId },
  }),
});
