import { useRouter } from 'vue-router';

export interface Return {
  /** Where the list is: with its page, search and order, when that is where the person came from. */
  path: string;
  go: () => Promise<unknown>;
}

/** The way from the page of one object back to the list of all. Call it in `setup`. */
export function useReturn(list: string): Return {
  const router = useRouter();
  const state: unknown = window.history.state;
  const before = typeof state === 'object' && state !== null && 'back' in state ? state.back : undefined;
  const path = typeof before === 'string' && before.split('?')[0] === list ? before : list;
  return { path, go: () => router.push(path) };
}
