import type { Role } from '../../apollo/generated/graphql';

export const tokenTexts = {
  about:
    'Your own tokens, for scripts. A token acts as you in one unit, with at most the role it was made for.',
  empty: 'With a token a script can do what you do here, for instance a backup every night.',
  limits:
    'No token makes tokens, changes passwords or manages users: that needs somebody at a browser. When your role gets lower, so does that of your tokens.',
  once: 'Copy the secret now: it is shown only this once.',
  example: 'To try it out, in a terminal:',
  nameHelp: 'What it is for.',
  revoke: 'Scripts that use it stop working at once.',
  made: (name: string) => `The token “${name}” is made.`,
  revoked: (name: string) => `The token “${name}” is revoked.`,
  expired: (day: string) => `Expired ${day}`,
  neverUsed: 'Never',
  revokeQuestion: (name: string) => `Revoke the token “${name}”?`,
  none: 'No API tokens',
  forUnit: (unit: string) => `For the unit ${unit}`,
};

/** What a token of each role can do. */
export const roleAbilities: Record<Role, string> = {
  ADMIN: 'Everything in this unit: read and change all configuration, safe modes, history, backups.',
  POWER_USER: 'Read what you see, and edit shared workspaces, your own ones and their applications.',
  USER: 'Read what you see in the dashboard, with your own workspaces.',
  READONLY: 'Read what you see in the dashboard, and change nothing.',
};

/** How long a token lasts. */
export const expiries = {
  days30: '30 days',
  days90: '90 days',
  year: 'One year',
  never: 'Never',
};

export const tokenActions = {
  revoke: 'Revoke',
  new: 'New API token',
  revokeOne: (name: string) => `Revoke ${name}`,
  create: 'Create token',
};

export const tokenFields = {
  made: 'Made',
  expires: 'Expires',
  lastUsed: 'Last used',
  secret: 'Secret',
  example: 'Example',
  expiresAfter: 'Expires after',
};

/** A command that asks for the unit with the token. */
export function exampleCommand(address: string, unitId: string, secret: string): string {
  return [
    `curl ${address}/graphql`,
    `-H 'Authorization: Bearer ${secret}'`,
    `-H 'Content-Type: application/json'`,
    `-d '{"query":"{ unit(id: \\"${unitId}\\") { name revision } }"}'`,
  ].join(' \\\n  ');
}
