import { descriptors } from '../../configuration/descriptors';
import {
  isJsonObject,
  type Json,
  type Maybe,
  own,
  type Pointer,
  pointerNames,
  valueAt,
  withKey,
} from '../core/json';
import { type ConfigurationObject, type Conflict } from '../core/task';

/** The three sides of a conflict as they may be shown; what is absent is null. */
export interface ShownValues {
  base: Json | null;
  mine: Json | null;
  live: Json | null;
  /** Whether a secret was left out. */
  masked: boolean;
}

/**
 * The sides of a conflict without secrets: whole objects lack them, any other value that is or holds one is not shown.
 *
 * @param states what is known of the conflict's object; what is secret in one of them is secret
 * @param onceSecret places that were secret in states which are not known any more
 */
export function shownValues(
  { kind, path, base, mine, live }: Conflict,
  states: readonly ConfigurationObject[],
  onceSecret: readonly Pointer[] = [],
): ShownValues {
  const sides = [base, mine, live];
  const secrets = [
    ...new Set([...onceSecret, ...states.flatMap((state) => descriptors[kind].secrets(state))]),
  ];
  const masked = secrets.some((secret) => touchesSecret(path, sides, secret));
  const shown = sides.map((side) => {
    if (!masked) return side;
    return path === '' ? secrets.reduce(withoutPlace, side) : undefined;
  });
  const [shownBase = null, shownMine = null, shownLive = null] = shown;
  return { base: shownBase, mine: shownMine, live: shownLive, masked };
}

function touchesSecret(path: Pointer, sides: readonly Maybe[], secret: Pointer): boolean {
  if (path === secret || path.startsWith(`${secret}/`)) return true;
  return (
    secret.startsWith(`${path}/`) &&
    sides.some((side) => valueAt(side, secret.slice(path.length)) !== undefined)
  );
}

function withoutPlace(value: Maybe, place: Pointer): Maybe {
  return withoutNames(value, pointerNames(place));
}

function withoutNames(value: Maybe, [name, ...rest]: readonly string[]): Maybe {
  if (name === undefined) return undefined;
  const inner = isJsonObject(value) ? own(value, name) : undefined;
  return isJsonObject(value) && inner !== undefined ? withKey(value, name, withoutNames(inner, rest)) : value;
}
