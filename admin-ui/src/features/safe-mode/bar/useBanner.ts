import { computed, type ComputedRef } from 'vue';
import { useSubscription } from '../../../apollo';
import { SafeModeBannerDocument } from '../../../apollo/generated/safe-mode-banner';
import { useSafeMode, useSession, useUnit } from '../../../session';
import { isIn, type Presence } from './people';

/**
 * Who works in a safe mode of the unit on the screen. Listening is what keeps the viewer present in theirs. When the
 * viewer is not in the safe mode of this tab any more, the tab finds out why. Called once, by the bar.
 */
export function useBanner(): ComputedRef<readonly Presence[]> {
  const { unitId } = useUnit();
  const session = useSession();
  const { active, refresh } = useSafeMode();
  const { data } = useSubscription(
    SafeModeBannerDocument,
    () => (unitId.value ? { unitId: unitId.value } : null),
    ({ safeModeBanner }) => {
      const viewerId = session.viewer.value?.id;
      if (active.value && viewerId && !isIn(safeModeBanner, viewerId, active.value.id)) void refresh();
    },
  );
  return computed(() => data.value?.safeModeBanner ?? []);
}
