import { useClient } from '../../../apollo';
import { useSafeModeState } from '../../../session/safe-mode';

/**
 * For mutations after which a safe mode is no more. What this tab hears of the end meanwhile is not told as somebody
 * else's doing. Where the tab is in that safe mode it goes live and says `words`; otherwise lists are read anew.
 */
export function useEnding(): <Outcome>(
  id: string,
  work: () => Promise<Outcome>,
  words: (outcome: Outcome) => string | undefined,
) => Promise<Outcome> {
  const client = useClient();
  const current = useSafeModeState();
  return async (id, work, words) => {
    const isHere = current.active.value?.id === id;
    const outcome = await current.whileEnding(id, work);
    const said = words(outcome);
    if (said === undefined) return outcome;
    if (isHere) await current.ended(said);
    else await client.refetchQueries({ include: 'active' }).catch(() => undefined);
    return outcome;
  };
}
