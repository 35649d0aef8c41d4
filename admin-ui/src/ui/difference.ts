import { prettyJson } from './json-text';

/** One line of a difference: it stays, it went, or it came. */
export interface DifferenceLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Beyond this many compared pairs of lines, the changed middle is shown as removed and added as a whole. */
const mostPairs = 4_000_000;

/**
 * Two JSON values as texts to compare; of an absent one nothing. Where a text stands against another kind of value, or
 * would look the same as one, it is written as JSON, so that the text "5" and the number 5 differ.
 */
export function comparedTexts(from: unknown, to: unknown): [string, string] {
  const [before, after] = [asRead(from), asRead(to)];
  const kinds = new Set([from, to].filter(isPresent).map((value) => typeof value === 'string'));
  return kinds.size > 1 || before === after ? [jsonOf(from), jsonOf(to)] : [before, after];
}

const isPresent = (value: unknown) => value !== undefined && value !== null;
const asRead = (value: unknown) => (typeof value === 'string' ? value : jsonOf(value));
const jsonOf = (value: unknown) => (isPresent(value) ? prettyJson(value) : '');

/** The lines of two texts merged in order, with as many lines kept as possible. */
export function lineDifference(from: string, to: string): DifferenceLine[] {
  const before = from === '' ? [] : from.split('\n');
  const after = to === '' ? [] : to.split('\n');
  const head = commonHead(before, after);
  const tail = commonTail(before, after, head);
  return [
    ...marked('same', before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...marked('same', before.slice(before.length - tail)),
  ];
}

/** Shortens long unchanged stretches to `context` lines around each change; null marks a gap. */
export function withoutLongSameParts(lines: DifferenceLine[], context = 3): (DifferenceLine | null)[] {
  const near = lines.map((_line, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: (DifferenceLine | null)[] = [];
  lines.forEach((line, index) => {
    if (near[index]) shown.push(line);
    else if (shown.at(-1) !== null) shown.push(null);
  });
  return shown;
}

function middle(before: string[], after: string[]): DifferenceLine[] {
  if (before.length * after.length > mostPairs)
    return [...marked('removed', before), ...marked('added', after)];
  const kept = longestCommon(before, after);
  const lines: DifferenceLine[] = [];
  let b = 0;
  let a = 0;
  while (b < before.length || a < after.length) {
    const oldLine = before[b];
    const newLine = after[a];
    if (oldLine !== undefined && oldLine === newLine) {
      lines.push({ kind: 'same', text: oldLine });
      b += 1;
      a += 1;
    } else if (oldLine !== undefined && (newLine === undefined || kept(b + 1, a) >= kept(b, a + 1))) {
      lines.push({ kind: 'removed', text: oldLine });
      b += 1;
    } else {
      lines.push({ kind: 'added', text: newLine ?? '' });
      a += 1;
    }
  }
  return lines;
}

/** Tells how many lines the rests of both texts, from two positions on, can have in common. */
function longestCommon(before: string[], after: string[]): (b: number, a: number) => number {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const at = (b: number, a: number) => table[b * width + a] ?? 0;
  for (let b = before.length - 1; b >= 0; b -= 1) {
    for (let a = after.length - 1; a >= 0; a -= 1) {
      table[b * width + a] =
        before[b] === after[a] ? at(b + 1, a + 1) + 1 : Math.max(at(b + 1, a), at(b, a + 1));
    }
  }
  return at;
}

function commonHead(before: string[], after: string[]): number {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  return head;
}

function commonTail(before: string[], after: string[], head: number): number {
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return tail;
}

function marked(kind: DifferenceLine['kind'], texts: string[]): DifferenceLine[] {
  return texts.map((text) => ({ kind, text }));
}

/** One row of two texts beside each other; an absent side has nothing there. Null marks a gap. */
export type DifferenceRow = { before?: DifferenceLine; after?: DifferenceLine } | null;

/** The lines of a difference in two columns: what went stands beside what came in its place. */
export function sideBySide(lines: readonly (DifferenceLine | null)[]): DifferenceRow[] {
  const rows: DifferenceRow[] = [];
  let removed: DifferenceLine[] = [];
  let added: DifferenceLine[] = [];
  function pair(): void {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1)
      rows.push({ before: removed[index], after: added[index] });
    removed = [];
    added = [];
  }
  for (const line of lines) {
    if (line?.kind === 'removed') removed.push(line);
    else if (line?.kind === 'added') added.push(line);
    else {
      pair();
      rows.push(line && { before: line, after: line });
    }
  }
  pair();
  return rows;
}
