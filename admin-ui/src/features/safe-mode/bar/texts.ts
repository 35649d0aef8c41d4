export const barTexts = {
  you: 'You',
  works: (who: string) => (who === 'You' ? 'You work in safe mode' : `${who} works in safe mode`),
  previews: (who: string) => (who === 'You' ? 'You preview the safe mode' : `${who} previews the safe mode`),
  several: (count: number, names: string) =>
    `${count === 1 ? '1 person works' : `${count} people work`} in safe mode: ${names}`,
  others: (count: number, names: string) =>
    `${count === 1 ? '1 other person works' : `${count} other people work`} in safe mode: ${names}`,
  onlyYou: 'visible only to you',
  previewOf: (owner: string) => `by ${owner}: nothing can be changed in it`,
  liveChanged: (count: number) =>
    `Live changed: ${count === 1 ? '1 new conflict' : `${count} new conflicts`}`,
  leaveHint: 'Back to what is live. The safe mode stays, under Admin settings → Safe mode.',
  preview: 'Preview of',
  discard: 'Discard',
  leave: 'Leave',
  show: 'Show',
  dismiss: 'Dismiss',
};
