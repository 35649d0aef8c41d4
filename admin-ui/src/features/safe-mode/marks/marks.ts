import type { ConfigurationType, SafeModeMarksQuery } from '../../../apollo/generated/graphql';

type MarkedTask = NonNullable<SafeModeMarksQuery['safeMode']>['tasks'][number];

/** What the safe mode does to an object of a list. In conflict, it does nothing: the list shows what is live. */
export type Mark = 'NEW' | 'CHANGED' | 'IN_CONFLICT';

/** An object that a list leaves out. */
export interface LeftOut {
  id: string;
  name: string;
}

/** What a safe mode does to the objects of every list. */
export interface Marks {
  /** The mark of an object, by its id, a config key by the key; undefined where the safe mode does not touch it. */
  of: (type: ConfigurationType, idOrKey: string) => Mark | undefined;
  /** What it removes of a kind. */
  removed: (type: ConfigurationType) => LeftOut[];
  /** What it would add, were it not in conflict. */
  notAdded: (type: ConfigurationType) => LeftOut[];
}

export function marksOf(tasks: readonly MarkedTask[]): Marks {
  const byObject = new Map(tasks.map((task) => [`${task.target.type} ${nameInLists(task)}`, markOf(task)]));
  const targets = (type: ConfigurationType, belongs: (task: MarkedTask) => boolean) =>
    tasks
      .filter((task) => task.target.type === type && belongs(task))
      .map(({ target: { id, name } }) => ({ id, name }));
  return {
    of: (type, idOrKey) => byObject.get(`${type} ${idOrKey}`),
    removed: (type) => targets(type, (task) => task.operation === 'DELETE' && !isInConflict(task)),
    notAdded: (type) => targets(type, (task) => task.operation === 'CREATE' && isInConflict(task)),
  };
}

const isInConflict = ({ conflicts }: MarkedTask): boolean => conflicts.length > 0;

function nameInLists({ target: { type, id, name } }: MarkedTask): string {
  return type === 'CONFIG_KEY' ? name : id;
}

function markOf(task: MarkedTask): Mark {
  if (isInConflict(task)) return 'IN_CONFLICT';
  return task.operation === 'CREATE' ? 'NEW' : 'CHANGED';
}
