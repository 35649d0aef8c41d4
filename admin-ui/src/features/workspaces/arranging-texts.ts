/** What one can do with an application, on its card and in its menu. */
export const applicationActions = {
  up: 'Move up',
  down: 'Move down',
  moveTo: (area: string) => `Move to ${area}`,
  move: (name: string) => `Move ${name}`,
  settings: (name: string) => `Settings of ${name}`,
  of: (name: string) => `Actions for ${name}`,
};

/** Around the areas in which applications are arranged. */
export const arrangingTexts = {
  settings: 'Counts for this one application. It is saved together with the workspace.',
  saved: (workspace: string) => `Applications of “${workspace}” saved`,
  title: (workspace: string) => `Applications of ${workspace}`,
  unknownPlugin: 'Unknown plugin',
  hint: 'Drag applications to where they belong, or move them with the arrow keys on their handle.',
  arrangement: 'Arrangement',
  addTo: (area: string) => `Add an application to ${area}`,
  add: 'Add an application',
  toArea: (area: string) => `To the area ${area}`,
  movedTo: (name: string, area: string, place: number, of: number) =>
    `${name}: area ${area}, place ${place} of ${of}.`,
  removed: (name: string) => `${name} removed.`,
  atBeginning: (name: string) => `${name} is at the beginning already.`,
  atEnd: (name: string) => `${name} is at the end already.`,
  addedTo: (name: string, area: string) => `${name} added to the area ${area}.`,
};
