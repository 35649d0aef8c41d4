import { shallowRef, type ShallowRef } from 'vue';
import { useQuery, type Fault } from '../../apollo';
import { ConfigKeyValueDocument } from '../../apollo/generated/config-keys';
import type { ConfigKeyQuery } from '../../apollo/generated/graphql';
import { useDraft, type Draft } from '../../forms/useDraft';
import { useUnit } from '../../session';
import { editedValue, type EditedValue } from './value-text';

type ConfigKey = NonNullable<NonNullable<ConfigKeyQuery['unit']>['configKey']>;

/** A config key as its form edits it. `value` is null while a secret value is not revealed. */
export interface EditedConfigKey {
  key: string;
  description: string;
  secret: boolean;
  value: EditedValue | null;
}

interface Parts {
  /** The key to edit; undefined for a new one. */
  key: () => string | undefined;
  configKey: () => ConfigKey | undefined;
  revision: () => number | undefined;
}

interface ConfigKeyDraft extends Draft<EditedConfigKey> {
  /** Set it to ask for the value of a secret key, which is recorded. */
  wanted: ShallowRef<boolean>;
  valueFault: ShallowRef<Fault | undefined>;
  /** Reads the value again that the form began with: a secret one does not follow what others do. */
  readAgain: () => Promise<void>;
}

const newConfigKey: EditedConfigKey = {
  key: '',
  description: '',
  secret: false,
  value: { type: 'text', text: '' },
};

/** A config key loaded into a form: its value at once where it is plain, on demand where it is secret. */
export function useConfigKeyDraft({ key, configKey, revision }: Parts): ConfigKeyDraft {
  const { unitId } = useUnit();
  const wanted = shallowRef(false);
  const valueQuery = useQuery(
    ConfigKeyValueDocument,
    () => {
      const known = configKey();
      return known && (wanted.value || !known.secret) ? { unitId: unitId.value, key: known.key } : null;
    },
    { fetchPolicy: 'no-cache', once: () => configKey()?.secret === true },
  );

  const draft = useDraft<EditedConfigKey>(() => {
    if (!key()) return { value: newConfigKey, revision: undefined };
    const known = configKey();
    const unit = valueQuery.data.value?.unit;
    const loaded = unit?.configKey;
    // Together or not at all: a form that starts without the value would count as changed when it comes.
    if (!known || (!loaded && (wanted.value || !known.secret))) return undefined;
    const value = loaded ? editedValue(loaded.value) : null;
    return {
      value: { key: known.key, description: known.description ?? '', secret: known.secret, value },
      // That of the value: a secret one may be older than the rest.
      revision: loaded ? unit?.revision : revision(),
    };
  });

  return { ...draft, wanted, valueFault: valueQuery.fault, readAgain: valueQuery.refetch };
}
