import { computed, type ComputedRef, type ShallowRef } from 'vue';
import { useQuery, type Fault } from '../../../apollo';
import {
  SafeModeChangesDocument,
  SafeModeWithoutChangesDocument,
} from '../../../apollo/generated/safe-mode-pages';
import type { SafeModeRow, TaskRow } from './types';

export interface SafeModeOnPage {
  /** Undefined while it loads, and where there is none. */
  safeMode: ComputedRef<SafeModeRow | undefined>;
  /** Undefined where this server cannot read them; `fault` says why. */
  tasks: ComputedRef<readonly TaskRow[] | undefined>;
  loading: ComputedRef<boolean>;
  fault: ShallowRef<Fault | undefined>;
  refetch: () => Promise<void>;
}

/** One safe mode with its changes. A file that a newer version wrote keeps only the changes back. */
export function useSafeModePage(id: () => string): SafeModeOnPage {
  const whole = useQuery(SafeModeChangesDocument, () => ({ id: id() }));
  const isFromNewerVersion = computed(() => whole.fault.value?.code === 'NEWER_VERSION');
  const rest = useQuery(SafeModeWithoutChangesDocument, () =>
    isFromNewerVersion.value ? { id: id() } : null,
  );

  // After going on to another one, the former answer is still there until the next one comes.
  const loaded = computed(() => {
    const safeMode = whole.data.value?.safeMode;
    return !isFromNewerVersion.value && safeMode?.id === id() ? safeMode : undefined;
  });
  return {
    safeMode: computed(() => loaded.value ?? rest.data.value?.safeMode ?? undefined),
    tasks: computed(() => loaded.value?.tasks),
    loading: computed(() => whole.loading.value || rest.loading.value),
    fault: whole.fault,
    refetch: whole.refetch,
  };
}
