import { Feeds } from '../messages/feed';
import { presentThenEach } from '../messages/present-then-each';
import { type LookAgain, lookAgain, type Topics, type UnitChange } from '../messages/topics';
import { type UnitService } from './unit.service';

/** The latest change of a unit at once, then each one. A message that comes late, or twice, is left out. */
export function unitChanges(units: UnitService, topics: Topics, unitId: string): AsyncIterable<UnitChange> {
  let latest = 0;
  const tell = (change: UnitChange) => {
    latest = change.revision;
    return change;
  };
  return presentThenEach({
    present: async () => tell(await units.latestChange(unitId)),
    messages: topics.subscribe('unitChanged', unitId),
    each: async (told) => {
      const change = told === lookAgain ? await units.latestChange(unitId) : told;
      return change.revision > latest ? tell(change) : undefined;
    },
  });
}

/** The same for listeners who share it: messages of a unit are listened to once for all of them. */
export const unitChangeFeeds = (
  units: UnitService,
  topics: Topics,
): Feeds<UnitChange | LookAgain, UnitChange> =>
  new Feeds((unitId) => ({
    present: () => units.latestChange(unitId),
    messages: () => topics.subscribe('unitChanged', unitId),
    each: (told) => (told === lookAgain ? units.latestChange(unitId) : told),
    isNews: (change, told) => change.revision > told.revision,
  }));
