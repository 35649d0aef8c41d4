import { productName } from '../../texts';

export const setUpTexts = {
  intro: 'You are the first one here. This makes the first admin and the first unit.',
  done: 'The first admin exists already. Sign in, or ask an admin for an invitation.',
  linkNeeded:
    'Open the set-up link that the server printed when it started. It holds the one-time token for this page.',
  unit: 'A publication, department or customer with its own dashboard.',
  sample: 'Fills the unit with an example newsroom, to try things out.',
  doneTitle: 'Set-up is done',
  title: `Set up ${productName}`,
  unitName: 'Unit name',
  sampleUnit: 'Sample unit',
};

export const invitationTexts = {
  intro: 'Choose your name and a password. If you had a password before, the new one takes its place.',
  title: `Welcome to ${productName}`,
};

export const unreachableText = 'The server does not answer. This page goes on by itself as soon as it does.';
