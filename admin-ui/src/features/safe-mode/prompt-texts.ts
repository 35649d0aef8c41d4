import { changesText } from './count-texts';

export const promptTexts = {
  question: (name: string, count: number) =>
    `You have an active safe mode: ${name}, ${changesText(count)}. Load the changes?`,
  hint: (owner: string | undefined) =>
    `${owner === undefined ? '' : `It is a preview of what ${owner} recorded. `}“Not now” leaves it: you see what is live, and can load it later from Admin settings → Safe mode.`,
  notNow: 'Not now',
  load: 'Load changes',
};
