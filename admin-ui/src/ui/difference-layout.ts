import { inject, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue';

/** How differences are shown where there is room for both ways. */
export type DifferenceLayout = 'inline' | 'side-by-side';

export const differenceLayoutKey: InjectionKey<ShallowRef<DifferenceLayout>> = Symbol('difference layout');

const storageKey = 'safeboard.difference';

/** The chosen layout of all differences; setting it changes all of them, and is remembered in this browser. */
export function createDifferenceLayout(): ShallowRef<DifferenceLayout> {
  const layout = shallowRef<DifferenceLayout>(remembered());
  watch(layout, remember);
  return layout;
}

/** Call it in `setup`. */
export function useDifferenceLayout(): ShallowRef<DifferenceLayout> {
  const layout = inject(differenceLayoutKey);
  if (!layout) throw new Error('No layout of differences was provided.');
  return layout;
}

function remembered(): DifferenceLayout {
  try {
    return localStorage.getItem(storageKey) === 'inline' ? 'inline' : 'side-by-side';
  } catch {
    return 'side-by-side';
  }
}

function remember(layout: DifferenceLayout): void {
  try {
    localStorage.setItem(storageKey, layout);
  } catch {
    // Without storage the choice lasts for this visit only.
  }
}
