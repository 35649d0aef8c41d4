import { shallowRef, watch, type Ref } from 'vue';

/**
 * True from the first time on that `state` is. For what costs nothing until it is opened, and then stays, to fade out
 * and to be opened again. Call it in `setup`.
 */
export function useEver(state: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const ever = shallowRef(state.value);
  watch(state, (is) => (ever.value ||= is), { flush: 'sync' });
  return ever;
}
