import { useSubscription } from '../../../apollo';
import { SafeModeBannerDocument } from '../../../apollo/generated/safe-mode-banner';
import { useUnit } from '../../../session';

/**
 * Calls back whenever somebody of the unit enters, leaves, renames or ends a safe mode; also when the listening
 * begins, since what the page shows may have been answered just before a change. Call it in `setup`.
 */
export function useFollowedPresence(changed: () => void): void {
  const { unitId } = useUnit();
  let known: string | undefined;
  useSubscription(
    SafeModeBannerDocument,
    () => (unitId.value ? { unitId: unitId.value } : null),
    ({ safeModeBanner }) => {
      const present = JSON.stringify(safeModeBanner);
      // It is told again now and then, without any change.
      if (known !== present) changed();
      known = present;
    },
  );
}
