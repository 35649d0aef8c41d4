/** What a unit holds in the simplest terms: config keys with numbers, and what admins mean to change about them. */

export type Keys = ReadonlyMap<string, number>;

/** What a safe mode does to one key; what is undefined is absent. */
interface Change {
  from: number | undefined;
  to: number | undefined;
}

export interface ModelSafeMode {
  id: string;
  tasks: ReadonlyMap<string, Change>;
  /** The content that it was begun on: an import puts another one in its place. */
  generation: number;
}

export const users = ['ada', 'bob'] as const;
export type User = (typeof users)[number];

export interface State {
  keys: Keys;
  revision: number;
  generation: number;
  /** At most one open one each. */
  safeModes: Readonly<Partial<Record<User, ModelSafeMode>>>;
  /** What is undone by undoing the last safe mode that was applied. */
  applied?: ModelSafeMode;
  backup?: Keys;
  /** The last import, as long as nothing was written since. */
  imported?: { jobId: string; before: Pick<State, 'keys' | 'generation'>; at: number };
}

export const beginning: State = { keys: new Map(), revision: 1, generation: 0, safeModes: {} };

const withKey = (keys: Keys, key: string, value: number | undefined): Keys => {
  const next = new Map(keys);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
};

/** Neither what the safe mode began with nor what it wants: a removal of what is gone is one, too. */
const isConflict = (keys: Keys, [key, { from, to }]: [string, Change]): boolean =>
  keys.get(key) !== from && (to === undefined || keys.get(key) !== to);

export const conflictsOf = ({ keys, generation }: State, safeMode: ModelSafeMode): string[] =>
  [...safeMode.tasks]
    .filter((task) => safeMode.generation !== generation || isConflict(keys, task))
    .map(([key]) => key);

/** What is shown in the safe mode; what is in conflict is left out. */
export function shownIn(state: State, safeMode: ModelSafeMode): Keys {
  const conflicts = conflictsOf(state, safeMode);
  return [...safeMode.tasks]
    .filter(([key]) => !conflicts.includes(key))
    .reduce((keys, [key, { to }]) => withKey(keys, key, to), state.keys);
}

export function edited(state: State, key: string, value: number | undefined): State {
  if (state.keys.get(key) === value) return state;
  return { ...state, keys: withKey(state.keys, key, value), revision: state.revision + 1 };
}

/** Nothing where the safe mode and what is live have gone apart at this key: that is for other tests. */
export function recorded(state: State, by: User, key: string, value: number | undefined): State | undefined {
  const safeMode = state.safeModes[by]!;
  const live = state.keys.get(key);
  const from = safeMode.tasks.has(key) ? safeMode.tasks.get(key)!.from : live;
  if (safeMode.generation !== state.generation || from !== live) return undefined;
  const tasks = new Map(safeMode.tasks);
  tasks.delete(key);
  if (value !== from) tasks.set(key, { from, to: value });
  return withSafeMode(state, by, { ...safeMode, tasks });
}

export const withSafeMode = (state: State, by: User, safeMode: ModelSafeMode | undefined): State => ({
  ...state,
  safeModes: { ...state.safeModes, [by]: safeMode },
});

/** Nothing where it is in conflict. */
export function applied(state: State, by: User): State | undefined {
  const safeMode = state.safeModes[by]!;
  if (conflictsOf(state, safeMode).length > 0) return undefined;
  const changed = [...safeMode.tasks].filter(([key, { to }]) => state.keys.get(key) !== to);
  const next = withSafeMode(state, by, undefined);
  if (changed.length === 0) return { ...next, applied: undefined };
  return {
    ...next,
    keys: shownIn(state, safeMode),
    revision: state.revision + 1,
    applied: {
      ...safeMode,
      generation: state.generation,
      tasks: new Map(changed.map(([key, { to }]) => [key, { from: to, to: state.keys.get(key) }])),
    },
  };
}

let generations = 0;

export const imported = (state: State, jobId: string): State => ({
  ...state,
  keys: state.backup!,
  generation: ++generations,
  revision: state.revision + 1,
  imported: { jobId, before: state, at: state.revision + 1 },
});

export const importUndone = (state: State): State => ({
  ...state,
  ...{ keys: state.imported!.before.keys, generation: state.imported!.before.generation },
  revision: state.revision + 1,
  imported: undefined,
});
