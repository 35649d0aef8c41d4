import { isLeaf, isList, isMap } from '../fields/entry';
import { isJsonObject } from '../json';
import { sameOrder, without } from '../fields/list';
import { withEntry } from '../fields/patch';
import { type Entry, type Id, type Patch, type Task } from '../task';
import { sorted } from './world';

/** A file without what only tells who recorded it when, and what was seen. */
export const netOf = (tasks: readonly Task[]): string[] =>
  tasks
    .map((task) => {
      const { id, key, operationIds, ...net } = task;
      void [id, key, operationIds];
      return JSON.stringify(sorted({ ...net, seen: undefined }));
    })
    .sort();

/**
 * As `netOf`, but for where members of a list stand that the file itself deletes: as nobody sees them, whoever takes
 * their neighbour out and puts it back cannot say on which side of them.
 */
export function netOfShown(tasks: readonly Task[]): string[] {
  const hidden = new Set(tasks.filter(({ op }) => op === 'DELETE').map(({ target }) => target));
  return netOf(tasks.flatMap((task) => withHiddenLast(task, hidden) ?? []));
}

function withHiddenLast(task: Task, hidden: ReadonlySet<Id>): Task | undefined {
  if (task.op !== 'UPDATE') return task;
  const fields = Object.entries(task.patch).filter(([, entry]) => isList(entry));
  const patch = fields.reduce<Patch | undefined>(
    (left, [field, entry]) => withEntry(left, field, hiddenLast(entry, hidden)),
    task.patch,
  );
  return patch && { ...task, patch };
}

function hiddenLast(entry: Entry, hidden: ReadonlySet<Id>): Entry | undefined {
  if (!isList(entry)) return entry;
  const [from, to] = [entry.from, entry.to].map((list) => [
    ...without(list, hidden),
    ...list.filter((id) => hidden.has(id)).sort(),
  ]) as [Id[], Id[]];
  return sameOrder(from, to) ? undefined : { from: entry.from, to };
}

/** Dropping an object and setting it again replaces it as a whole: another entry with the same outcome. */
export function replacesObject(entry: Entry): boolean {
  if (isLeaf(entry)) return isJsonObject(entry.from);
  return isMap(entry) && Object.values(entry.keys).some(replacesObject);
}
