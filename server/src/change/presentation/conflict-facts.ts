import { isJsonObject, type Json } from '../core/json';
import { type Conflict, type ObjectName } from '../core/task';

/**
 * Everything that a resolution answers, as one text: the same for the same facts, whatever the order of keys, and
 * another one as soon as a side moves. Holds secrets in clear.
 */
export function conflictFacts({
  task,
  kind,
  target,
  code,
  path,
  place,
  reference,
  others = [],
  base,
  mine,
  live,
}: Conflict): string {
  const sorted = [...others].sort((a, b) => compare(nameText(a), nameText(b)));
  return orderedText({
    task,
    kind,
    target,
    code,
    path,
    place,
    reference,
    others: sorted,
    base,
    mine,
    live,
  });
}

const nameText = ({ kind, id }: ObjectName) => `${kind} ${id}`;

/** Absent keys leave no trace, so that an absent side is not a null one. */
function orderedText(value: object): string {
  return JSON.stringify(value, (_key, inner: Json | undefined) =>
    isJsonObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compare(a, b))) : inner,
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
