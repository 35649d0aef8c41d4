import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** Values in the address of a page, behind the question mark. An absent one is undefined. */
export type AddressValues = Readonly<Record<string, string | undefined>>;

export interface Address {
  values: ShallowRef<AddressValues>;
  /** What the browser remembers with the address for going back, which nobody else sees. */
  memory: ShallowRef<unknown>;
  /** Changes some values. `replace` leaves no step for the back button. */
  change: (values: AddressValues, options?: { replace?: boolean; memory?: unknown }) => void;
}

/**
 * The state of a page that lives in its address, so that reloading, going back and a link all show the same. While
 * the page is being left it keeps what it had. Call it in `setup`.
 */
export function useAddress(): Address {
  const route = useRoute();
  const router = useRouter();
  const { path } = route;
  const values = shallowRef(valuesOf(route.query));
  const memory = shallowRef<unknown>(memoryNow());

  const stop = router.afterEach((to) => {
    if (to.path !== path) return;
    values.value = valuesOf(to.query);
    memory.value = memoryNow();
  });
  onScopeDispose(stop);

  return {
    values,
    memory,
    change(changed, { replace = false, memory: remembered } = {}) {
      const query = Object.fromEntries(
        Object.entries({ ...values.value, ...changed }).filter(([, value]) => value !== undefined),
      );
      void router.push({ path, query, replace, state: { [memoryName]: JSON.stringify(remembered ?? null) } });
    },
  };
}

const memoryName = 'memory';

function memoryNow(): unknown {
  const state: unknown = window.history.state;
  const text = typeof state === 'object' && state !== null && memoryName in state ? state[memoryName] : null;
  return typeof text === 'string' ? JSON.parse(text) : null;
}

function valuesOf(query: Readonly<Record<string, unknown>>): AddressValues {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
