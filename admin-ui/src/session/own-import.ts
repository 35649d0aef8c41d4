import { inject, onScopeDispose, shallowRef, type InjectionKey, type ShallowRef } from 'vue';

/** How many imports this browser tab is watching to their end by itself. */
export const ownImportKey: InjectionKey<ShallowRef<number>> = Symbol('own import');

export function createOwnImport(): ShallowRef<number> {
  return shallowRef(0);
}

/** For the shell: whether an import that just landed is this tab's own, whose page does what follows. */
export function useOwnImport(): ShallowRef<number> {
  const watched = inject(ownImportKey);
  if (!watched) throw new Error('No register of own imports was provided.');
  return watched;
}

/**
 * For the page that imports: between `begin` and `end` the shell neither reloads nor shows its bar when an
 * import lands, because the page says so and reloads by itself. Ends with the component. Call it in `setup`.
 */
export function useImportInThisTab(): { begin: () => void; end: () => void } {
  const watched = useOwnImport();
  let begun = false;
  const set = (next: boolean) => {
    if (next !== begun) watched.value += next ? 1 : -1;
    begun = next;
  };
  onScopeDispose(() => set(false));
  return { begin: () => set(true), end: () => set(false) };
}
