import { timeText } from '../../ui/time';

export const userTexts = {
  about: 'Who belongs to this unit, and what they may do in it.',
  searched: 'Search by name or e-mail',
  add: 'Somebody new gets a link to choose a password. Somebody who has an account just joins this unit.',
  lastAdmin: 'The last admin of a unit stays one. Make somebody else an admin first.',
  organisationAdmin: 'Only an organisation admin may do this with the account of an organisation admin.',
  notManageable: 'The account also belongs to another unit. Only an organisation admin may do this.',
  activateFirst: 'Activate the account first.',
  deactivate: 'They can no longer sign in, to no unit. What they made stays theirs.',
  remove: 'They no longer see this unit, and their API tokens for it end. What they made stays theirs.',
  demoteSelf: 'You will no longer see the admin settings, and cannot take this back yourself.',
  joined: (name: string) => `${name} has an account already and belongs to this unit now.`,
  changedRole: (name: string, role: string) => `${name} is now: ${role}.`,
  deactivated: (name: string) => `${name} is deactivated.`,
  activated: (name: string) => `${name} is active again.`,
  removed: (name: string, unit: string) => `${name} no longer belongs to ${unit}.`,
  /** Behind the viewer’s own name. */
  you: ' (you)',
  isOrganisationAdmin: 'Organisation admin',
  roleOf: (name: string) => `Role of ${name}`,
  isLastAdmin: 'Last admin',
};

/** What is said with a link that lets somebody choose the password. */
export const linkTexts = {
  invitation: (name: string) => `Invitation for ${name}`,
  reset: (name: string) => `New password for ${name}`,
  invitationText: (until: string | null) =>
    `Give this link to them: no mail is sent. It works once${until ? `, until ${timeText(until)}` : ''}, and whoever opens it chooses the password.`,
  resetText:
    'Give this link to them: no mail is sent. It works once, within three days, and whoever opens it chooses the password. Until then the present one works.',
  link: 'Link',
};

/** What one can do with a member, as the menu says it. */
export const memberActions = {
  add: 'Add user',
  showLink: 'Show invitation link',
  newLink: 'New invitation link',
  resetPassword: 'Reset password',
  deactivate: 'Deactivate',
  activate: 'Activate',
  removeFromUnit: 'Remove from this unit',
  of: (name: string) => `Actions for ${name}`,
  changeOwnRole: 'Change my role',
};

export const memberStates = {
  deactivated: 'Deactivated',
  invitedUntil: (day: string) => `Invited until ${day}`,
  invitationExpired: 'Invitation expired',
  invited: 'Invited',
  active: 'Active',
};

/** What is asked before; the texts above say what follows from it. */
export const memberQuestions = {
  takeRole: (role: string) => `Take the role ${role} yourself?`,
  deactivate: (name: string) => `Deactivate ${name}?`,
  remove: (name: string, unit: string) => `Remove ${name} from ${unit}?`,
};
