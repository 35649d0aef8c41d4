import { computed, inject, onScopeDispose, shallowReactive, type ComputedRef, type InjectionKey } from 'vue';

/** Knows which forms on the screen hold input that is not saved, so that nothing throws it away silently. */
export interface Unsaved {
  any: ComputedRef<boolean>;
  /** Adds a form; returns how to take it out again. */
  register(isUnsaved: () => boolean): () => void;
  /** True while the page may be left without a question, once, after the person agreed. */
  waived: boolean;
}

export const unsavedKey: InjectionKey<Unsaved> = Symbol('unsaved');

export function createUnsaved(): Unsaved {
  const forms = shallowReactive(new Set<() => boolean>());
  const unsaved: Unsaved = {
    any: computed(() => [...forms].some((isUnsaved) => isUnsaved())),
    register(isUnsaved) {
      forms.add(isUnsaved);
      return () => forms.delete(isUnsaved);
    },
    waived: false,
  };
  window.addEventListener('beforeunload', (event) => {
    if (unsaved.any.value && !unsaved.waived) event.preventDefault();
  });
  return unsaved;
}

/**
 * The registry of unsaved input; with a function, also registers this component's form for as long as it lives.
 * Leaving the page, the unit or the browser tab then asks first. Call it in `setup`.
 */
export function useUnsaved(isUnsaved?: () => boolean): Unsaved {
  const unsaved = inject(unsavedKey);
  if (!unsaved) throw new Error('No registry of unsaved input was provided.');
  if (isUnsaved) onScopeDispose(unsaved.register(isUnsaved));
  return unsaved;
}
