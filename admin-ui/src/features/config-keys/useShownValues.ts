import { shallowRef, watch, type ShallowRef } from 'vue';
import { faultOf, useClient, type Fault } from '../../apollo';
import { readValues } from './values';

interface KeyRow {
  key: string;
  secret: boolean;
}

export interface ShownValues {
  /** By key; a secret one is there only while it is revealed. */
  values: ShallowRef<ReadonlyMap<string, unknown>>;
  fault: ShallowRef<Fault | undefined>;
  reveal: (key: string) => Promise<void>;
  hide: (key: string) => void;
}

/** The values beside a page of config keys: plain ones at once, secret ones on demand. */
export function useShownValues(unitId: () => string, rows: () => readonly KeyRow[] | undefined): ShownValues {
  const client = useClient();
  const values = shallowRef<ReadonlyMap<string, unknown>>(new Map());
  const fault = shallowRef<Fault>();

  async function load(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    try {
      fault.value = undefined;
      return await readValues(client, unitId(), keys);
    } catch (error) {
      fault.value = faultOf(error);
      return new Map();
    }
  }

  watch(
    rows,
    async (shown) => {
      const plain = await load((shown ?? []).filter(({ secret }) => !secret).map(({ key }) => key));
      if (shown === rows()) values.value = plain;
    },
    { immediate: true },
  );

  return {
    values,
    fault,
    async reveal(key) {
      values.value = new Map([...values.value, ...(await load([key]))]);
    },
    hide(key) {
      values.value = new Map([...values.value].filter(([each]) => each !== key));
    },
  };
}
