import { shallowRef, watch, type ShallowRef } from 'vue';
import { faultOf, useClient, type Fault } from '../../apollo';
import { ConfigKeyValueDocument } from '../../apollo/generated/config-keys';

export interface SecretValues {
  /** What is revealed, by key. */
  revealed: ShallowRef<ReadonlyMap<string, unknown>>;
  fault: ShallowRef<Fault | undefined>;
  reveal: (key: string) => Promise<void>;
  hide: (key: string) => void;
  /** Puts the value into the clipboard without showing it; answers whether it is there. */
  copy: (key: string) => Promise<boolean>;
}

/**
 * Values of secret config keys, each on demand, for reading one is recorded. Nothing is cached, and what the `page` shows
 * no more is masked again. Call it in `setup`.
 */
export function useSecretValues(unitId: () => string, page: () => unknown): SecretValues {
  const client = useClient();
  const revealed = shallowRef<ReadonlyMap<string, unknown>>(new Map());
  const fault = shallowRef<Fault>();
  watch(page, () => (revealed.value = new Map()));

  async function read(key: string): Promise<{ value: unknown } | undefined> {
    try {
      fault.value = undefined;
      const { data } = await client.query({
        query: ConfigKeyValueDocument,
        variables: { unitId: unitId(), key },
        fetchPolicy: 'no-cache',
      });
      return data?.unit?.configKey ?? undefined;
    } catch (error) {
      fault.value = faultOf(error);
      return undefined;
    }
  }

  return {
    revealed,
    fault,
    async reveal(key) {
      const found = await read(key);
      if (found) revealed.value = new Map([...revealed.value, [key, found.value]]);
    },
    hide(key) {
      revealed.value = new Map([...revealed.value].filter(([each]) => each !== key));
    },
    async copy(key) {
      const found = await read(key);
      if (!found) return false;
      return navigator.clipboard.writeText(textOf(found.value)).then(
        () => true,
        () => false,
      );
    },
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
