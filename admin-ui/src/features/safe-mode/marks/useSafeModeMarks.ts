import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import { useQuery } from '../../../apollo';
import { SafeModeMarksDocument } from '../../../apollo/generated/safe-mode-marks';
import { useSafeMode } from '../../../session';
import { marksOf, type Marks } from './marks';

const marksKey: InjectionKey<ComputedRef<Marks>> = Symbol('safe mode marks');

/** Reads what the safe mode on the screen changes, for all lists of the console. Called once, by the shell. */
export function provideSafeModeMarks(): void {
  const { active } = useSafeMode();
  const query = useQuery(SafeModeMarksDocument, () => (active.value ? { id: active.value.id } : null));
  const tasks = computed(() => {
    const safeMode = query.data.value?.safeMode;
    return safeMode && safeMode.id === active.value?.id ? safeMode.tasks : [];
  });
  provide(
    marksKey,
    computed(() => marksOf(tasks.value)),
  );
}

/** What the safe mode on the screen changes; nothing where the tab shows what is live. Call it in `setup`. */
export function useSafeModeMarks(): ComputedRef<Marks> {
  const marks = inject(marksKey);
  if (!marks) throw new Error('Only pages inside the shell have marks.');
  return marks;
}
