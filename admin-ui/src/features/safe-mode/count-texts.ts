/** `1 change`, `3 changes`. */
export function changesText(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

/** `1 conflict`, `3 conflicts`. */
export function conflictsText(count: number): string {
  return count === 1 ? '1 conflict' : `${count} conflicts`;
}
