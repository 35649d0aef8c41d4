import { computed, shallowRef, watch, type ComputedRef } from 'vue';
import { useUnsaved } from '../session';

/**
 * What the server says, and while it says nothing what it said last, as long as there is unsaved input: a form stays
 * on the screen when its object goes, as it may when the tab enters or leaves a safe mode. Call it in `setup`.
 */
export function useKept<Value>(source: () => Value | null | undefined): ComputedRef<Value | undefined> {
  const unsaved = useUnsaved();
  const last = shallowRef<Value>();
  watch(
    source,
    (value) => {
      if (value) last.value = value;
    },
    { immediate: true, flush: 'sync' },
  );
  return computed(() => source() ?? (unsaved.any.value ? last.value : undefined));
}
