import { roleNames } from '../../texts';

export const shellTexts = {
  noUnit: 'Your account belongs to no unit yet. Ask an admin to add you to one.',
  noAccess: (role: keyof typeof roleNames) =>
    `This page is for other roles than yours. In this unit you are: ${roleNames[role]}.`,
  backupOff: (environment: string) => `Off in this environment (${environment})`,
  notFound: 'There is nothing at this address. It may have been removed or renamed.',
};
