import type { Closing } from '../apollo/safe-mode-refusal';

const live = 'You now see what is live, and what you save from now on goes to everybody at once.';

export const safeModeTexts = {
  readOnly: (name: string, owner: string) =>
    `This is a preview of “${name}” by ${owner}: nothing can be changed in it. Discard it to edit.`,
  notRecordable:
    'This cannot be recorded in a safe mode. Leave the safe mode to do it for everybody at once.',
  closed: ({ name, status, by }: Closing, viewerId: string | undefined) => {
    const who = by?.id === viewerId ? 'you, in another window' : (by?.name ?? 'somebody');
    return `“${name}” was ${status === 'APPLIED' ? 'applied for all users' : 'deleted'} by ${who}. ${live}`;
  },
  gone: (name: string) => `“${name}” is there no more. ${live}`,
  leftElsewhere: (name: string) =>
    `You left “${name}” in another window, or entered another safe mode there. ${live}`,
  demoted: (name: string) => `You left “${name}”, because you are no longer an admin of this unit.`,
};
