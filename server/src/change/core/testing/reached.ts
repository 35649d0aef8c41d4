import { isJsonObject, own, sameJson } from '../json';
import { isList, isMap, isSet } from '../fields/entry';
import { evaluate } from '../evaluation/evaluate';
import { objectIn, type Slice } from '../slice';
import { type Conflict, type Entry, type Task } from '../task';

const reached = new Map<string, number>();

/** Notes that a run came by here. */
export function count(what: string): void {
  reached.set(what, (reached.get(what) ?? 0) + 1);
}

/** Prints how often runs came by where. */
export function tellReached(title: string): void {
  const counts = [...reached]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, number]) => `${what} ${number}`);
  process.stdout.write(`${title}: ${counts.join(', ')}\n`);
}

/** The conflicts of a file, counted, and the merges that went without one. */
export function conflictsOf(live: Slice, tasks: readonly Task[]): Conflict[] {
  const { conflicts, satisfied } = evaluate(live, tasks);
  for (const { code, derived } of conflicts) count(derived ? `derived ${code}` : code);
  satisfied.forEach(() => count('satisfied'));
  const inConflict = new Set(conflicts.map(({ task }) => task));
  for (const task of tasks) if (!inConflict.has(task.id)) countMerges(live, task);
  return conflicts;
}

/** Fails when a run never came by one of these: then the properties say less than they seem to. */
export function expectReached(...wanted: string[]): void {
  const missed = wanted.filter((what) => !reached.has(what));
  if (missed.length > 0)
    throw new Error(`no run reached ${missed.join(', ')} of ${JSON.stringify([...reached])}`);
}

function countMerges(live: Slice, task: Task): void {
  const now = objectIn(live, { kind: task.kind, id: task.target });
  if (task.op !== 'UPDATE' || !now) return;
  for (const [field, entry] of Object.entries(task.patch)) {
    if (!sameJson(own(now, field), own(task.seen, field))) count(`merged ${entryKind(entry)}`);
  }
}

function entryKind(entry: Entry): string {
  if (isSet(entry)) return 'set';
  if (isList(entry)) return 'list';
  if (!isMap(entry)) return 'leaf';
  return Object.values(entry.keys).some((inner) => isJsonObject(inner) && isMap(inner))
    ? 'nested map'
    : 'map';
}
