import { refetchShown, useClient } from '../../../apollo';
import { useSafeModeState } from '../../../session/safe-mode';
import { useToasts } from '../../../ui/toasts';

/** Says that it is done, in words for the screen; what the tab shows is up to date afterwards. */
type Done = (words: string) => Promise<void>;

/**
 * For work after which a safe mode is no more. While it runs, what this tab hears of the end is not told as somebody
 * else's doing, and pages that show the safe mode keep what is on the screen.
 */
export function useEnding(): (id: string, work: (done: Done) => Promise<void>) => Promise<void> {
  const client = useClient();
  const current = useSafeModeState();
  const toasts = useToasts();
  return (id, work) => {
    const isHere = current.active.value?.id === id;
    return current.whileEnding(id, () =>
      work(async (words) => {
        if (isHere) await current.ended();
        else await refetchShown(client);
        if (isHere) toasts.say(words);
      }),
    );
  };
}
