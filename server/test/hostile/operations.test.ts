import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { type Caller, Office } from '../access/callers';
import { expectations } from '../access/expectations';
import { type Answer, type Credentials, credentialHeaders } from '../parts/running-server';
import { canary, ForeignUnit } from './parts/foreign-unit';
import { hostileValues } from './parts/hostile-values';
import { type Place, type WideCall, wideCall, withValueAt } from './parts/wide-call';

/**
 * Every operation of the schema with hostile values in its arguments and the fields of its inputs. A run makes some
 * of the attempts, the same ones for the same seed: `HOSTILE_SEED=7 HOSTILE_ATTEMPTS=500 npx jest … operations`.
 */
const seed = Number(process.env.HOSTILE_SEED ?? (testedDatabase === 'sqlite' ? 1 : 2));
const attemptsEach = Number(process.env.HOSTILE_ATTEMPTS ?? 12);

const root = path.resolve(__dirname, '../../..');
const schema = buildSchema(readFileSync(path.join(root, 'schema.graphql'), 'utf8'));

/** Codes of the table of errors in docs/api.md, and GraphQL's own that stand below it; but for the one that is our fault. */
const [, tableOfErrors = ''] = readFileSync(path.join(root, 'docs/api.md'), 'utf8').split(
  /^(?=\| Code )|^## Lists/m,
);
const documented = new Set([...tableOfErrors.matchAll(/`([A-Z_]{4,})`/g)].map(([, code]) => code));
documented.delete('INTERNAL_SERVER_ERROR');

let office: Office;
let foreign: ForeignUnit;
let theirs: string[];
let safeModeId: string;
beforeAll(async () => {
  office = await Office.open();
  foreign = await ForeignUnit.in(office);
  theirs = await foreign.stored();
  const { data } = await office.server.graphql<{ startSafeMode: { id: string } }>(
    'mutation ($unitId: ID!) { startSafeMode(input: {unitId: $unitId}) { id } }',
    { unitId: office.unitId },
    await office.session(office.user('ADMIN')),
  );
  safeModeId = data.startSafeMode.id;
});
afterAll(() => office.server.stop());

test.each(Object.keys(expectations))('%s', async (operation) => {
  const { allowed, call } = expectations[operation]!;
  const caller: Caller = allowed.length === 0 || allowed.includes('ADMIN') ? 'ADMIN' : allowed[0]!;
  let as = await office.credentials(caller);
  let wide = wideCall(schema, operation, await call(office, caller));
  for (const { place, value, header } of attempts(wide.places)) {
    const variables = withValueAt(wide.variables, place.path, value);
    const answer = await send(operation, wide, variables, as, header);
    const told = `${operation} ${place.path.join('.')} = ${value.slice(0, 200)}, X-Safe-Mode: ${header}`;
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);
    expect([told, codes.filter((code) => !documented.has(code))]).toEqual([told, []]);
    expect([told, JSON.stringify(answer).includes(canary)]).toEqual([told, false]);
    if (codes.length === 0 && operation.startsWith('Mutation')) {
      // It has been done: what comes next needs something fresh, and somebody who is still signed in.
      as = await office.credentials(caller);
      wide = wideCall(schema, operation, await call(office, caller));
    }
  }
});

/** What the lists hold whose items are no ids. */
const anItem: Record<string, string> = { roles: '"USER"', applications: '{"area":"main","pluginId":"x"}' };

/** Where the operation takes lists. */
const listsOf = ({ places }: WideCall) => places.filter(({ type }) => String(type).includes('['));

test('a list of 100,000 items is refused wherever a list is asked for, before anything is looked up', async () => {
  const refused: string[] = [];
  for (const [operation, { allowed, call }] of Object.entries(expectations)) {
    const caller: Caller = allowed.includes('ADMIN') ? 'ADMIN' : (allowed[0] ?? 'ADMIN');
    const wide = wideCall(schema, operation, await call(office, caller));
    const as = await office.credentials(caller);
    for (const { path: place } of listsOf(wide)) {
      const item = anItem[place.at(-1)!] ?? '"x"';
      const many = `[${Array<string>(100_000).fill(item).join(',')}]`;
      const answer = await send(operation, wide, withValueAt(wide.variables, place, many), as, 'none');
      refused.push(place.at(-1)!);
      const where = `${operation} ${place.join('.')}`;
      expect([where, answer.errors?.map(({ message, extensions }) => [extensions.code, message])]).toEqual([
        where,
        [['BAD_USER_INPUT', expect.stringContaining(`${place.at(-1)}: has more than 10000 items`)]],
      ]);
    }
  }
  expect([...new Set(refused)].sort()).toEqual(['applications', 'profileIds', 'roles', 'workspaceIds']);
});

test('nothing of the other unit has changed, no prototype, and no job had a fault of ours', async () => {
  await office.jobsAtRest();
  expect(await foreign.stored()).toEqual(theirs);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
  const failed = await office.server.app.database.read((db) =>
    db.rows("SELECT kind, error_code, error_message FROM job WHERE error_code = 'INTERNAL_SERVER_ERROR'"),
  );
  expect(failed).toEqual([]);
});

interface Attempt {
  place: Place;
  value: string;
  header: string;
}

/** Some of the places with some of the values, and what the request says of safe modes. */
function attempts(places: readonly Place[]): Attempt[] {
  if (places.length === 0) return [];
  const attempt = fc.constantFrom(...places).chain((place) =>
    fc.record({
      place: fc.constant(place),
      value: fc.constantFrom(...hostileValues(place.type, foreign.ids)),
      header: fc.constantFrom('none', 'none', safeModeId, foreign.safeModeId),
    }),
  );
  return fc.sample(attempt, { seed, numRuns: attemptsEach });
}

async function send(
  operation: string,
  { query }: WideCall,
  variables: string,
  as: Credentials,
  header: string,
): Promise<Answer<unknown>> {
  if (operation.startsWith('Subscription.'))
    return office.firstOf(query, JSON.parse(variables) as Record<string, unknown>, as);
  const response = await fetch(`${office.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-Safe-Mode': header, ...credentialHeaders(as) },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  return (await response.json()) as Answer<unknown>;
}
