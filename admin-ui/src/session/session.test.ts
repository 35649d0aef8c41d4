import { ApolloClient, ApolloLink, InMemoryCache, Observable, gql } from '@apollo/client';
import { watch } from 'vue';
import { createSession } from './session';

const UNIT = gql`
  query Unit($id: ID!) {
    unit(id: $id) {
      id
      workspaces {
        id
        name
      }
    }
  }
`;

/** Workspaces of two units that an import left with the same id. */
const answerOf = (unitId: string) => ({
  data: {
    unit: {
      __typename: 'Unit',
      id: unitId,
      workspaces: [{ __typename: 'Workspace', id: 'w1', name: `Workspace of ${unitId}` }],
    },
  },
});

const sessionAnswer = (unitIds: string[], role: string) => ({
  data: {
    viewer: {
      __typename: 'Viewer',
      id: 'ada',
      units: unitIds.map((id) => ({
        __typename: 'Membership',
        role,
        unit: { __typename: 'Unit', id, name: id },
      })),
    },
    system: { __typename: 'System', environment: 'dev' },
  },
});

/** A session in the unit `u1`, and the questions that its server has yet to answer. */
async function signedIn() {
  const open: { answer: () => void }[] = [];
  const server = { unitIds: ['u1', 'u2'], role: 'ADMIN' };
  const link = new ApolloLink(
    ({ operationName, variables }) =>
      new Observable((observer) => {
        const answer = (): void => {
          observer.next(
            operationName === 'Unit'
              ? answerOf(String(variables['id']))
              : operationName === 'Session'
                ? sessionAnswer(server.unitIds, server.role)
                : { data: { signOut: true } },
          );
          observer.complete();
        };
        if (operationName === 'Unit') open.push({ answer });
        else answer();
      }),
  );
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const session = createSession(client);
  await session.ready();
  const ask = (id: string) => client.query({ query: UNIT, variables: { id } }).catch(() => undefined);
  const cached = () => JSON.stringify(client.cache.extract());
  return { session, client, server, open, ask, cached };
}

beforeAll(() => jest.spyOn(console, 'warn').mockImplementation(() => undefined));

test('what is cached of a unit is gone after the switch to another one', async () => {
  const { session, open, ask, cached } = await signedIn();
  const asked = ask('u1');
  open[0]?.answer();
  await asked;
  expect(cached()).toContain('Workspace of u1');
  await session.switchUnit('u2');
  expect(session.unit.value?.id).toBe('u2');
  expect(cached()).not.toContain('Workspace of u1');
});

test('an answer that comes after the switch, about the former unit, is dropped', async () => {
  const { session, open, ask, cached } = await signedIn();
  const former = ask('u1');
  await session.switchUnit('u2');
  const present = ask('u2');
  open[1]?.answer();
  open[0]?.answer();
  await Promise.all([former, present]);
  expect(cached()).toContain('Workspace of u2');
  expect(cached()).not.toContain('Workspace of u1');
});

test('whoever hears of the switch and asks at once is answered about the next unit', async () => {
  const { session, client, open, ask } = await signedIn();
  const unitsAtClearing: (string | undefined)[] = [];
  client.onClearStore(() => Promise.resolve(void unitsAtClearing.push(session.unit.value?.id)));
  await session.switchUnit('u2');
  expect(unitsAtClearing).toEqual(['u2']);
  const asked = ask(session.unit.value?.id ?? '');
  open[0]?.answer();
  expect((await asked)?.data).toMatchObject({ unit: { id: 'u2' } });
});

test('a watcher of the unit that asks about the next one is answered', async () => {
  const { session, client, open } = await signedIn();
  let asked: Promise<unknown> | undefined;
  watch(session.unit, (unit) => {
    asked = client.query({ query: UNIT, variables: { id: unit?.id } }).then(({ data }) => data);
  });
  await session.switchUnit('u2');
  open[0]?.answer();
  expect(await asked).toMatchObject({ unit: { id: 'u2' } });
});

test('the unit on the screen stays when one is added that comes first', async () => {
  const { session, server } = await signedIn();
  server.unitIds = ['u0', 'u1', 'u2'];
  await session.reload();
  expect(session.memberships.value).toHaveLength(3);
  expect(session.unit.value?.id).toBe('u1');
});

test('a unit that the viewer belongs to no more gives way to another one, with all that is cached of it', async () => {
  const { session, server, open, ask, cached } = await signedIn();
  const asked = ask('u1');
  open[0]?.answer();
  await asked;
  server.unitIds = ['u2'];
  await session.check();
  expect(session.unit.value?.id).toBe('u2');
  expect(cached()).not.toContain('Workspace of u1');
});

test('who looks whether the session still stands hears of another role', async () => {
  const { session, server } = await signedIn();
  server.role = 'USER';
  await session.check();
  expect(session.unit.value).toMatchObject({ id: 'u1', role: 'USER' });
  expect(session.expired.value).toBe(false);
});

test('nothing of the viewer is left in the cache after signing out', async () => {
  const { session, open, ask, cached } = await signedIn();
  const asked = ask('u1');
  open[0]?.answer();
  await asked;
  await session.signOut();
  expect(session.viewer.value).toBeNull();
  expect(cached()).not.toContain('u1');
});
