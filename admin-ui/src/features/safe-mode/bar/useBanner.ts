import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import { useSubscription } from '../../../apollo';
import { SafeModeBannerDocument } from '../../../apollo/generated/safe-mode-banner';
import { useSafeMode, useSession, useUnit } from '../../../session';
import { sinceOf, type Presence } from './people';

const bannerKey: InjectionKey<ComputedRef<readonly Presence[]>> = Symbol('safe mode banner');

/**
 * Listens who works in a safe mode of the unit on the screen, which is also what keeps the viewer present in theirs.
 * Where the viewer is not in the safe mode of this tab any more, finds out why. Called once, by the shell.
 */
export function provideBanner(): void {
  const { unitId } = useUnit();
  const session = useSession();
  const { active, refresh } = useSafeMode();
  const { data } = useSubscription(
    SafeModeBannerDocument,
    () => (unitId.value ? { unitId: unitId.value } : null),
    ({ safeModeBanner }) => {
      const viewerIsIn = sinceOf(safeModeBanner, session.viewer.value?.id, active.value?.id) !== undefined;
      if (active.value && !viewerIsIn) void refresh();
    },
  );
  provide(
    bannerKey,
    computed(() => data.value?.safeModeBanner ?? []),
  );
}

/** Who works in a safe mode of the unit on the screen: the newest that was heard. Call it in `setup`. */
export function useBanner(): ComputedRef<readonly Presence[]> {
  const banner = inject(bannerKey);
  if (!banner) throw new Error('Only what is inside the shell knows who works in safe mode.');
  return banner;
}
