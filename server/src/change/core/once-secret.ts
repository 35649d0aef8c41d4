import { descriptors } from '../../configuration/descriptors';
import { type Pointer } from './json';
import { type ConfigurationObject, type Task, type Update } from './task';

/**
 * What an update notes of its target as it is live now. Of an earlier update that it goes on from, the places that were
 * secret then are kept: its patch may still hold what stood there.
 */
export function seenNow(
  earlier: Task | undefined,
  seen: ConfigurationObject,
): Pick<Update, 'seen' | 'onceSecret'> {
  if (earlier?.op !== 'UPDATE') return { seen };
  const were = secretsOf(earlier);
  const are = descriptors[earlier.kind].secrets(seen);
  return were.every((place) => are.includes(place)) ? { seen } : { seen, onceSecret: were };
}

/** Places that are secret by what the update has seen, now or before. */
export function secretsOf({ kind, seen, onceSecret = [] }: Update): Pointer[] {
  return [...new Set([...onceSecret, ...descriptors[kind].secrets(seen)])].sort();
}
