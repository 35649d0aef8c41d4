/** What ids inside recorded values stand for; undefined where nobody knows. */
export interface ObjectNames {
  workspace: (id: string) => string | undefined;
  plugin: (id: string) => string | undefined;
  /** The plugin of an application, which has no name of its own. */
  application: (id: string) => string | undefined;
  person: (id: string) => string | undefined;
}

export const noNames: ObjectNames = {
  workspace: () => undefined,
  plugin: () => undefined,
  application: () => undefined,
  person: () => undefined,
};
