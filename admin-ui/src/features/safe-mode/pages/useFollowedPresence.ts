import { watch } from 'vue';
import { useBanner } from '../bar/useBanner';

/** Calls back whenever somebody of the unit enters, leaves, renames or ends a safe mode. Call it in `setup`. */
export function useFollowedPresence(changed: () => void): void {
  const banner = useBanner();
  // It is told again now and then, without any change.
  watch(() => JSON.stringify(banner.value), changed);
}
