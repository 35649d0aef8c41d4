import type { ComputedRef, ShallowRef } from 'vue';
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useMutation, type Fault } from '../../../apollo';
import { UndoSafeModeDocument } from '../../../apollo/generated/safe-mode-pages';
import { withNextStep } from './page-texts';

interface Undo {
  /** Makes a safe mode that holds the opposite, and shows it. Nothing is taken back until that is applied. */
  undo: (id: string) => Promise<void>;
  busy: ShallowRef<boolean>;
  fault: ComputedRef<Fault | undefined>;
}

export function useUndo(): Undo {
  const router = useRouter();
  const mutation = useMutation(UndoSafeModeDocument);
  return {
    async undo(id) {
      const made = await mutation.run({ id });
      if (made) await router.push({ name: 'safe-mode', params: { id: made.undoSafeMode.id } });
    },
    busy: mutation.busy,
    fault: computed(() => withNextStep(mutation.fault.value)),
  };
}
