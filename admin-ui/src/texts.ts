import type { Role } from './apollo/generated/graphql';
import type { Question } from './ui/confirm';

/** Words that more than one feature uses. */
export const roleNames = {
  ADMIN: 'Admin',
  POWER_USER: 'Power user',
  USER: 'User',
  READONLY: 'Read only',
} as const satisfies Record<Role, string>;

/** All roles, the mightiest first. */
export const roles: Role[] = ['ADMIN', 'POWER_USER', 'USER', 'READONLY'];

export const leaveQuestion: Question = {
  title: 'Leave without saving?',
  text: 'What you typed on this page is not saved yet. If you leave now, it is lost.',
  action: 'Leave',
  cancel: 'Stay',
  destructive: true,
};

export const connectionTexts = {
  lost: 'The connection to the server is lost. Trying again… What you typed stays here.',
  back: 'The connection is back.',
};
