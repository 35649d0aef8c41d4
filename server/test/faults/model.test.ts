import fc from 'fast-check';
import { checkpoints } from '../../src/checkpoint';
import { count, expectReached, tellReached } from '../../src/change/core/testing/reached';
import { ConfigurationClient } from '../parts/configuration';
import { aPlace, type Place, sideBySide } from '../parts/place';
import { SafeModeClient } from '../parts/safe-modes';
import { KillableServer } from '../safe-mode/parts/killable-server';
import { holds, timeFor } from '../safe-mode/properties/holds';
import { beginning, conflictsOf, type Keys, shownIn, type State, type User, users } from './parts/model';
import { type Deed, deedOf, type Desk, type Step, step, told } from './parts/steps';
import { aUnit } from './parts/works';

/**
 * Random edits, safe modes, backups, undoing and kills of two admins, through the API, beside a model of a few lines:
 * after each step all that can be seen is as in the model. In the run on two servers each admin is at one of them, and
 * what a killed one had begun is for the other. A failure tells the steps so far, and a seed to repeat them with:
 * `PROPERTY_SEED=… npx jest … faults/model`; `PROPERTY_RUNS` makes more of them.
 */
const usual = 4;

let place: Place;
/** Where each of them is a client; the same for both, where there is one. */
let servers: Record<User, KillableServer>;
let founder: ConfigurationClient;
let bobs: { cookie?: string };

beforeAll(async () => {
  place = await aPlace();
  servers = await someServers();
  founder = (await ConfigurationClient.ofAdmin(servers.ada)).in('none');
  await addBob(founder.unitId, bob);
  bobs = await servers.bob.signIn(bob);
});
afterAll(async () => {
  for (const server of new Set(Object.values(servers))) await server.stop();
  await place.remove();
  tellReached('Model');
});

async function someServers(): Promise<Record<User, KillableServer>> {
  const isOne = globalThis.testedServers !== 2;
  const start = () => KillableServer.start(place, { LOG_LEVEL: 'silent', ...(isOne ? {} : sideBySide()) });
  const ada = await start();
  return { ada, bob: isOne ? ada : await start() };
}

const bob = { email: 'bob@example.org', password: 'correct horse battery' };

/** @param more of an account that is new */
const addBob = (unitId: string, more: object = {}) =>
  founder.request('mutation ($input: AddMemberInput!) { addMember(input: $input) { __typename } }', {
    input: { unitId, name: 'Bob', role: 'ADMIN', email: bob.email, ...more },
  });

async function aDesk(): Promise<Desk> {
  const { unitId } = await aUnit(founder);
  await addBob(unitId);
  const client = (user: User, as: { cookie?: string }) => SafeModeClient.as(servers[user], unitId, as);
  return { clients: { ada: client('ada', founder.as), bob: client('bob', bobs) } };
}

test(
  'whatever two admins do, and wherever the server is killed meanwhile, is as in the model',
  async () => {
    await holds(usual, [fc.array(step, { minLength: 15, maxLength: 25, size: 'max' })], async (steps) => {
      const desk = await aDesk();
      let state = { ...beginning, revision: (await seen(desk, beginning)).revision };
      const done: string[] = [];
      try {
        for (const each of steps) state = await take(desk, state, each, done);
      } catch (error) {
        throw new Error(`${done.join('\n')}\n${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    });
    expectReached('SET', 'REMOVE', 'START', 'APPLY', 'EXPORT', 'IMPORT', 'KILLED');
  },
  timeFor(usual),
);

/** Takes the step, and compares what can be seen then. */
async function take(desk: Desk, before: State, each: Step, done: string[]): Promise<State> {
  const deed = await deedOf(desk, before, each);
  if (!deed) return before;
  done.push(told(each));
  count(each.killed === null ? each.act : 'KILLED');
  if (each.killed !== null) await killed(desk, before, deed, each.by, each.killed);
  const after = deed.after(await deed.ask());
  expect(await seen(desk, after)).toEqual(expected(after));
  return after;
}

/** Kills the server of who does it: everybody has what they had before, or what they have once it is done. */
async function killed(
  desk: Desk,
  before: State,
  { work, ask, after }: Deed,
  by: User,
  pick: number,
): Promise<void> {
  const places = checkpoints[work];
  const answered = await servers[by].dieAt(places[pick % places.length]!, ask);
  await servers[by === 'ada' ? 'bob' : 'ada'].endOrphanedJobs();
  const [old, next] = [before, after({ id: '' })].map(({ revision, keys }) => ({
    revision,
    keys: plain(keys),
  }));
  const { clients } = desk;
  const live = await keysIn(clients.ada.configuration);
  expect(answered ? [next] : [old, next]).toContainEqual(live);
  expect(await keysIn(clients.bob.configuration)).toEqual(live);
}

interface Seen {
  revision: number;
  keys: Record<string, number>;
  safeModes: Partial<Record<User, { shown: Record<string, number>; tasks: number; conflicted: boolean }>>;
}

async function seen({ clients }: Desk, state: State): Promise<Seen> {
  const live = await keysIn(clients.ada.configuration);
  const safeModes: Seen['safeModes'] = {};
  const open = await clients.ada.list();
  for (const user of users) {
    const id = state.safeModes[user]?.id;
    const found = open.find((one) => one.id === id);
    if (!found) continue;
    const { keys: shown } = await keysIn(clients[user].in(found));
    safeModes[user] = { shown, tasks: found.taskCount, conflicted: found.conflictCount > 0 };
  }
  expect(open).toHaveLength(Object.keys(safeModes).length);
  return { ...live, safeModes };
}

async function keysIn(client: ConfigurationClient): Promise<Pick<Seen, 'revision' | 'keys'>> {
  const { revision, configKeys } = await client.unit<{
    revision: number;
    configKeys: { nodes: { key: string; value: number }[] };
  }>('revision configKeys { nodes { key value } }');
  return { revision, keys: Object.fromEntries(configKeys.nodes.map(({ key, value }) => [key, value])) };
}

function expected(state: State): Seen {
  const safeModes: Seen['safeModes'] = {};
  for (const user of users) {
    const safeMode = state.safeModes[user];
    if (!safeMode) continue;
    const conflicted = conflictsOf(state, safeMode).length > 0;
    safeModes[user] = { shown: plain(shownIn(state, safeMode)), tasks: safeMode.tasks.size, conflicted };
  }
  return { revision: state.revision, keys: plain(state.keys), safeModes };
}

const plain = (keys: Keys): Record<string, number> => Object.fromEntries(keys);
