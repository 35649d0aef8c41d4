import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

const step = 30_000;

/** The present time in ms, fresh enough for words like "5 minutes". Call it in `setup`. */
export function useNow(): ShallowRef<number> {
  const now = shallowRef(Date.now());
  const timer = setInterval(() => (now.value = Date.now()), step);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
