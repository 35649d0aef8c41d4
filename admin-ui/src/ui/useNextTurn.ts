import { onMounted, onScopeDispose, shallowRef, type Ref } from 'vue';

/**
 * False while the component is built, true when the browser has had a turn after that: to draw, and to hear keys.
 * Splits what would be one long task. Call it in `setup`.
 */
export function useNextTurn(): Readonly<Ref<boolean>> {
  const come = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onMounted(() => (timer = setTimeout(() => (come.value = true))));
  onScopeDispose(() => clearTimeout(timer));
  return come;
}
