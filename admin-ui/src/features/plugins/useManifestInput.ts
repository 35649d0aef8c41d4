import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useQuery, type Fault } from '../../apollo';
import { ManifestAtDocument } from '../../apollo/generated/plugins';
import { useUnit } from '../../session';
import { parseJsonObject } from '../../ui/json-text';

export type ManifestSource = 'url' | 'file' | 'json';

/** A manifest as it is handed to the server. Fetched before, it goes beside its address: what was seen is what is taken. */
export interface GivenManifest {
  manifest?: unknown;
  manifestUrl?: string;
}

export interface ManifestInput {
  source: ShallowRef<ManifestSource>;
  url: ShallowRef<string>;
  json: ShallowRef<string>;
  /** What is wrong with the text, once somebody wanted it taken. */
  jsonMessage: ShallowRef<string | undefined>;
  /** What would be taken, as far as it is known: of an address only after `look`. */
  manifest: ComputedRef<unknown>;
  /** Fetches what stands at the address, for `manifest`. */
  look: () => void;
  looking: ShallowRef<boolean>;
  lookFault: ShallowRef<Fault | undefined>;
  /** What to send; undefined, with a message, where the text is no JSON object. */
  given: () => GivenManifest | undefined;
  reset: (url: string) => void;
}

/** The three ways in which a manifest comes in: by address, file or text. */
export function useManifestInput(): ManifestInput {
  const { unitId } = useUnit();
  const source = shallowRef<ManifestSource>('url');
  const url = shallowRef('');
  const json = shallowRef('');
  const jsonMessage = shallowRef<string>();
  const lookedAt = shallowRef<string>();
  const query = useQuery(
    ManifestAtDocument,
    () => (lookedAt.value === undefined ? null : { unitId: unitId.value, url: lookedAt.value }),
    { fetchPolicy: 'no-cache', once: () => true },
  );

  const address = computed(() => url.value.trim());
  const typed = computed(() => {
    const parsed = parseJsonObject(json.value);
    return parsed.ok ? parsed.value : undefined;
  });
  const fetched = computed(() =>
    lookedAt.value === address.value && !query.loading.value ? query.data.value?.unit?.manifestAt : undefined,
  );
  // A fault of the former address says nothing about the new one.
  watch([address, source], () => {
    lookedAt.value = undefined;
    query.fault.value = undefined;
  });

  return {
    source,
    url,
    json,
    jsonMessage,
    manifest: computed(() => (source.value === 'url' ? fetched.value : typed.value)),
    look() {
      if (lookedAt.value === address.value) void query.refetch();
      else lookedAt.value = address.value;
    },
    looking: query.loading,
    lookFault: query.fault,
    given() {
      if (source.value === 'url') {
        return {
          manifestUrl: address.value,
          ...(fetched.value !== undefined && { manifest: fetched.value }),
        };
      }
      const parsed = parseJsonObject(json.value);
      jsonMessage.value = parsed.ok ? undefined : parsed.message;
      return parsed.ok ? { manifest: parsed.value } : undefined;
    },
    reset(startingUrl) {
      source.value = 'url';
      url.value = startingUrl;
      json.value = '';
      jsonMessage.value = lookedAt.value = query.fault.value = undefined;
    },
  };
}
