const key = 'safeboard.unit';

/** The unit last chosen: in this tab, else in this browser. Undefined when storage is closed to us. */
export function rememberedUnit(): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Two tabs may show two units, so the tab remembers its own, and the browser the newest for new tabs. */
export function rememberUnit(id: string): void {
  try {
    sessionStorage.setItem(key, id);
    localStorage.setItem(key, id);
  } catch {
    // Without storage the next visit starts with the first unit.
  }
}
