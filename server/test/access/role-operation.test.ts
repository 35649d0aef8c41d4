import { operationRules } from '../../src/access/operation-rules';
import { type Answer } from '../parts/running-server';
import { type Caller, callers, Office } from './callers';
import { type Call, type Expectation } from './expectation';
import { expectations } from './expectations';

let office: Office;
beforeAll(async () => void (office = await Office.open()));
afterAll(() => office.server.stop());

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'];

test('every operation of the schema, and every field of a unit, has an expectation here, and none is left over', async () => {
  const { data } = await office.server.graphql<{ __schema: { types: TypeAnswer[] } }>(
    '{ __schema { types { name fields { name } } } }',
  );
  const guarded = data.__schema.types
    .filter(({ name }) => ['Query', 'Mutation', 'Subscription', 'Unit'].includes(name))
    .flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}`));
  expect(Object.keys(expectations).sort()).toEqual(guarded.sort());
  expect(Object.keys(operationRules).sort()).toEqual(guarded.sort());
});

test.each(Object.entries(expectations))('%s', async (operation, expectation) => {
  const mayPass = (caller: Caller) => expectation.allowed.includes(caller);
  // Whoever is refused comes first, while no job of anybody else writes.
  const inOrder = [...callers].sort((a, b) => Number(mayPass(a)) - Number(mayPass(b)));
  const outcomes: Partial<Record<Caller, string>> = {};
  for (const caller of inOrder) outcomes[caller] = await outcomeFor(caller, operation, expectation);
  await office.jobsAtRest();
  expect(outcomes).toEqual(
    Object.fromEntries(callers.map((caller) => [caller, mayPass(caller) ? 'allowed' : 'refused'])),
  );
});

interface TypeAnswer {
  name: string;
  fields: { name: string }[];
}

/** `allowed`, `refused` where nothing changed, or in words what else came of it. */
async function outcomeFor(caller: Caller, operation: string, expectation: Expectation): Promise<string> {
  const call = await expectation.call(office, caller);
  const credentials = await office.credentials(caller);
  const before = await office.everythingStored();
  const answer = await send(operation, call, credentials);
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions.code);

  if (
    codes.some((code) => refusals.includes(code)) ||
    (codes.length === 0 && isNull(operation, answer.data))
  ) {
    expect(await office.everythingStored()).toEqual(before);
    return 'refused';
  }
  const unexpected = codes.filter((code) => !expectation.mayEndWith?.includes(code));
  return unexpected.length === 0 ? 'allowed' : JSON.stringify(answer.errors);
}

function send(
  operation: string,
  { query, variables = {} }: Call,
  as: Awaited<ReturnType<Office['credentials']>>,
): Promise<Answer<unknown>> {
  // Some of the callers have started or entered a safe mode by now: what they mean is said with each request.
  return operation.startsWith('Subscription.')
    ? office.firstOf(query, variables, as)
    : office.server.graphql<unknown>(query, variables, as, { 'X-Safe-Mode': 'none' });
}

function isNull(operation: string, data: unknown): boolean {
  const [type, field = ''] = operation.split('.');
  const root = data as Record<string, unknown>;
  const parent = type === 'Unit' ? (root.unit as Record<string, unknown> | null) : root;
  return (parent?.[field] ?? null) === null;
}
