import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { type Id } from '../../../src/change/core/task';
import { intents } from '../../../src/change/core/testing/intents';
import { count, expectReached, tellReached } from '../../../src/change/core/testing/reached';
import { plain } from '../../../src/change/core/testing/world';
import { carryOutDeed, type Deed, deed, type Done, type PureState } from './at-once';
import { tasksInFull } from './counted';
import { holds, timeFor } from './holds';
import { Newsroom } from './newsroom';
import { type Owner, owners } from './steps';
import { type TestedUnit } from './tested-unit';
import { Twins } from './twins';

let newsroom: Newsroom;

beforeAll(async () => {
  // The embedded database has one server only.
  newsroom = await Newsroom.open(globalThis.testedDatabase === 'mariadb' ? 2 : 1);
});
afterAll(async () => {
  await newsroom.close();
  tellReached('At once');
});

/** What is begun within so many milliseconds runs at the same time, and each time it is another one that is ahead. */
const nearly = fc.record({ what: deed, after: fc.nat(15) });
const moments = fc.array(fc.array(nearly, { minLength: 2, maxLength: 3 }), { minLength: 2, maxLength: 4 });

test(
  '6: what is done at the same moment comes out as if it were done in some order',
  async () => {
    await holds(30, [intents(5), moments], async (mine, all) => {
      const twins = await Twins.begin(newsroom);
      for (const what of mine) await twins.intend('bob', what);
      const [bob, cleo] = [await twins.safeMode('bob'), await twins.safeMode('cleo')];
      const ids = { bob: bob.id, cleo: cleo.id };
      let state: PureState = {
        pure: twins.pure,
        safeModes: { bob: { ...bob.pure, closed: false }, cleo: { ...cleo.pure, closed: false } },
      };
      for (const deeds of all) {
        const done = await together(twins.unit, ids, state, deeds);
        state = await serial(twins.unit, ids, state, done);
        for (const { outcome } of done) count(outcome);
      }
    });
    expectReached('done', 'refused', 'applied', 'SAFE_MODE_CLOSED');
  },
  timeFor(30),
);

/** Does all of it at nearly the same moment, each by way of another server where there are several. */
async function together(
  unit: TestedUnit,
  ids: Record<Owner, Id>,
  before: PureState,
  deeds: readonly { what: Deed; after: number }[],
): Promise<Done[]> {
  const { servers } = newsroom;
  const done = await Promise.all(
    deeds.map(async ({ what, after }, number) => {
      await pause(after);
      return carryOutDeed(unit.through(servers[number % servers.length]!), ids, before, what);
    }),
  );
  return done.filter((each) => each !== undefined);
}

/** The state that one of the orders leads to, with the outcomes and the content that were found. */
async function serial(
  unit: TestedUnit,
  ids: Record<Owner, Id>,
  before: PureState,
  done: readonly Done[],
): Promise<PureState> {
  const found = [done.map(({ outcome }) => outcome), await contentFound(unit, ids)];
  const possible = ordersOf(done).map((order) => {
    const state = copyOf(before);
    const outcomes = new Map(order.map((each) => [each, each.again(state)]));
    return { state, led: [done.map((each) => outcomes.get(each)), contentOf(state)] };
  });
  const fitting = possible.find(({ led }) => JSON.stringify(led) === JSON.stringify(found));
  if (!fitting) expect(found).toEqual(possible[0]?.led);
  return fitting!.state;
}

async function contentFound(unit: TestedUnit, ids: Record<Owner, Id>): Promise<unknown> {
  const safeModes = [];
  for (const owner of owners) {
    const { status, revision } = await unit.safeMode(ids[owner]);
    safeModes.push(status === 'OPEN' ? [revision, tasksInFull((await unit.file(ids[owner])).tasks)] : status);
  }
  return [plain(await unit.live()), (await unit.row()).revision, safeModes];
}

function contentOf({ pure, safeModes }: PureState): unknown {
  const all = owners.map((owner) => {
    const { closed, revision, tasks } = safeModes[owner];
    return closed ? 'APPLIED' : [revision, tasksInFull(tasks)];
  });
  return [plain(pure.live), pure.revision, all];
}

const copyOf = ({ pure, safeModes: { bob, cleo } }: PureState): PureState => ({
  pure: pure.copy(),
  safeModes: { bob: { ...bob }, cleo: { ...cleo } },
});

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    ordersOf(items.filter((other) => other !== first)).map((others) => [first, ...others]),
  );
}
