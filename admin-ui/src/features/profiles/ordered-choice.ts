/** One thing that can be chosen, with its place among the chosen ones. */
export interface Choice {
  id: string;
  chosen: boolean;
}

/** The chosen ones in their order, then the others in theirs. What is chosen but unknown is kept. */
export function choicesOf(chosenIds: readonly string[], allIds: readonly string[]): Choice[] {
  const chosen = new Set(chosenIds);
  return [
    ...chosenIds.map((id) => ({ id, chosen: true })),
    ...allIds.filter((id) => !chosen.has(id)).map((id) => ({ id, chosen: false })),
  ];
}

/** Adds at the end, or takes out. */
export function toggled(chosenIds: readonly string[], id: string): string[] {
  return chosenIds.includes(id) ? chosenIds.filter((each) => each !== id) : [...chosenIds, id];
}

/** Puts one to another place; `index` counts without the moved one. */
export function movedTo(chosenIds: readonly string[], id: string, index: number): string[] {
  const others = chosenIds.filter((each) => each !== id);
  const at = Math.max(0, Math.min(index, others.length));
  return [...others.slice(0, at), id, ...others.slice(at)];
}
