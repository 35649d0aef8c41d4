import { useSubscription } from '../../../apollo';
import { SafeModeBannerDocument } from '../../../apollo/generated/safe-mode-banner';
import { useUnit } from '../../../session';

/**
 * Calls back whenever somebody of the unit enters, leaves, renames or ends a safe mode; `fromTheStart` also when the
 * listening begins, for pages that may have been answered just before a change. Call it in `setup`.
 */
export function useFollowedPresence(changed: () => void, { fromTheStart = false } = {}): void {
  const { unitId } = useUnit();
  let known: string | undefined;
  useSubscription(
    SafeModeBannerDocument,
    () => (unitId.value ? { unitId: unitId.value } : null),
    ({ safeModeBanner }) => {
      const present = JSON.stringify(safeModeBanner);
      if (known === undefined ? fromTheStart : known !== present) changed();
      known = present;
    },
  );
}
