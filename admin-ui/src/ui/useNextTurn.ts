import { onMounted, onScopeDispose, shallowRef, type Ref } from 'vue';

/**
 * False while the component is built, true when the browser has had a turn after that: to draw, and to hear keys.
 * Splits what would be one long task. What may come later than that waits for more `turns`. Call it in `setup`.
 */
export function useNextTurn(turns = 1): Readonly<Ref<boolean>> {
  const come = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (left: number): void => {
    timer = setTimeout(() => (left > 1 ? wait(left - 1) : (come.value = true)));
  };
  onMounted(() => wait(turns));
  onScopeDispose(() => clearTimeout(timer));
  return come;
}
