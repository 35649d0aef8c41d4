import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { admin, type Credentials, TestServer } from '../parts/running-server';
import { tokenOf } from '../parts/accounts';

let server: TestServer;
let as: Credentials;
let unitId: string;
beforeAll(async () => {
  server = await TestServer.start();
  as = await server.signIn();
  unitId = await server.firstUnitId(as);
});
afterAll(() => server.stop());

const password = 'correct horse';

/** Sends a mutation and answers its cookie, too. */
async function post(query: string, headers: Record<string, string> = {}, at = server) {
  const response = await fetch(`${at.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const [cookie] = response.headers.getSetCookie();
  return {
    status: response.status,
    cookie,
    answer: (await response.json()) as { data: never; errors?: never[] },
  };
}

async function addMember(email: string, role: string, given: object = { password }) {
  const { data, errors } = await server.graphql<{
    addMember: { user: { id: string }; inviteUrl: string | null };
  }>(
    'mutation ($input: AddMemberInput!) { addMember(input: $input) { user { id } inviteUrl } }',
    { input: { unitId, email, name: 'Member', role, ...given } },
    as,
  );
  expect(errors).toBeUndefined();
  return data.addMember;
}

const signInText = ({ email, password } = admin) =>
  `mutation { signIn(email: "${email}", password: "${password}") { email units { role unit { name } } } }`;

describe('the session cookie', () => {
  test('is out of reach of scripts and other sites, and lasts', async () => {
    const { cookie } = await post(signInText());
    expect(cookie).toMatch(/^safeboard_session=[\w-]{43}; /);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Expires=/);
    expect(cookie).not.toMatch(/Secure/);
  });

  test('goes over TLS only where the server is reached over TLS', async () => {
    const behindTls = await TestServer.start({ PUBLIC_URL: 'https://board.example' });
    try {
      expect((await post(signInText(), {}, behindTls)).cookie).toMatch(/; Secure/);
    } finally {
      await behindTls.stop();
    }
  });

  test('is taken away by signing out, which ends the session on the server', async () => {
    const credentials = await server.signIn();
    const { cookie, answer } = await post('mutation { signOut }', { cookie: credentials.cookie! });
    expect(answer.data).toEqual({ signOut: true });
    expect(cookie).toMatch(/^safeboard_session=; .*Expires=Thu, 01 Jan 1970/);
    expect((await server.graphql('{ viewer { id } }', {}, credentials)).data).toEqual({ viewer: null });
  });
});

test('the answer to a sign-in is read with the rights of the new session, and the earlier session ends', async () => {
  const before = await server.signIn();
  await addMember('second@example.org', 'USER');
  const { answer } = await post(signInText({ email: 'second@example.org', password }), {
    cookie: before.cookie!,
  });
  expect(answer.data).toEqual({
    signIn: { email: 'second@example.org', units: [{ role: 'USER', unit: { name: 'Newsroom' } }] },
  });
  expect((await server.graphql('{ viewer { id } }', {}, before)).data).toEqual({ viewer: null });
});

test('a wrong password has a code of its own and sets no cookie', async () => {
  const { cookie, answer } = await post(signInText({ ...admin, password: 'wrong' }));
  expect(cookie).toBeUndefined();
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('a bad API token is told with status 401', async () => {
  const { status, answer } = await post('{ viewer { id } }', { authorization: 'Bearer sb_unknown' });
  expect(status).toBe(401);
  expect(answer.errors).toMatchObject([
    {
      message: 'This API token is unknown, was revoked or has expired.',
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ]);
});

test('an invited member accepts over the API and is signed in', async () => {
  const { inviteUrl, user } = await addMember('invited@example.org', 'READONLY', {});
  expect(inviteUrl).toContain(server.url.replace('127.0.0.1', 'localhost'));
  const { cookie, answer } = await post(
    `mutation { acceptInvitation(token: "${tokenOf(inviteUrl)}", name: "Ida", password: "${password}") { id name } }`,
  );
  expect(answer.data).toEqual({ acceptInvitation: { id: user.id, name: 'Ida' } });
  const viewer = await server.graphql('{ viewer { name } }', {}, { cookie: cookie?.split(';')[0] });
  expect(viewer.data).toEqual({ viewer: { name: 'Ida' } });
});

test('an admin sees of a member only what belongs to the own unit', async () => {
  const created = await server.graphql<{ createUnit: { id: string } }>(
    'mutation { createUnit(name: "Sports") { id name revision members { totalCount } } }',
    {},
    as,
  );
  expect(created.data.createUnit).toMatchObject({ name: 'Sports', revision: 1, members: { totalCount: 1 } });
  await addMember('here-admin@example.org', 'ADMIN');
  await addMember('both@example.org', 'USER');
  await addMember('both@example.org', 'ADMIN', { unitId: created.data.createUnit.id });

  const own = await server.signIn({ email: 'here-admin@example.org', password });
  const { data } = await server.graphql(
    `query ($id: ID!) { unit(id: $id) { members(search: "both") {
      totalCount pageInfo { hasNextPage }
      edges { node { role active user { email organisationAdmin units { unit { name } } apiTokens { id } } } }
    } } }`,
    { id: unitId },
    own,
  );
  expect(data).toEqual({
    unit: {
      members: {
        totalCount: 1,
        pageInfo: { hasNextPage: false },
        edges: [
          {
            node: {
              role: 'USER',
              active: true,
              user: {
                email: 'both@example.org',
                organisationAdmin: false,
                units: [{ unit: { name: 'Newsroom' } }],
                apiTokens: [],
              },
            },
          },
        ],
      },
    },
  });
});

test('a token is made, listed, used and revoked over the API', async () => {
  const expiresAt = '2099-01-01T00:00:00.000Z';
  const made = await server.graphql<{ createApiToken: { secret: string; token: { id: string } } }>(
    `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) {
      secret token { id name role expiresAt lastUsedAt unit { name } } } }`,
    { input: { unitId, name: 'Nightly', role: 'USER', expiresAt } },
    as,
  );
  const { secret: token, token: listed } = made.data.createApiToken;
  expect(listed).toMatchObject({
    name: 'Nightly',
    role: 'USER',
    expiresAt,
    lastUsedAt: null,
    unit: { name: 'Newsroom' },
  });
  const viewer = await server.graphql(
    '{ viewer { organisationAdmin units { unit { id } } } }',
    {},
    { token },
  );
  expect(viewer.data).toEqual({ viewer: { organisationAdmin: false, units: [{ unit: { id: unitId } }] } });
  const tokens = await server.graphql<{ viewer: { apiTokens: { id: string }[] } }>(
    '{ viewer { apiTokens { id } } }',
    {},
    as,
  );
  expect(tokens.data.viewer.apiTokens).toContainEqual({ id: listed.id });
  await server.graphql('mutation ($id: ID!) { revokeApiToken(id: $id) }', { id: listed.id }, as);
  const { errors } = await server.graphql('{ viewer { id } }', {}, { token });
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

describe('unitChanged', () => {
  /** What a member's socket got, and how it was closed. */
  function listen({ cookie = '' }: Credentials) {
    const received: { revision: number; cause: string; by: { name: string } | null }[] = [];
    const closed: unknown[] = [];
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(url: string, protocols: string) {
          super(url, protocols, { headers: { cookie } });
        }
      },
      retryAttempts: 0,
      on: { closed: (event) => closed.push((event as { code: number }).code) },
    });
    const query = 'subscription ($id: ID!) { unitChanged(unitId: $id) { revision cause by { name } } }';
    client.subscribe<{ unitChanged: (typeof received)[number] }>(
      { query, variables: { id: unitId } },
      {
        next: ({ data }) => data && received.push(data.unitChanged),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    return { received, closed, end: () => client.dispose() };
  }

  async function until(condition: () => boolean): Promise<void> {
    for (let attempt = 0; attempt < 250 && !condition(); attempt++) await pause(20);
    expect(condition()).toBe(true);
  }

  test('sends the latest change at once, then each, with who made it', async () => {
    const { received, end } = listen(as);
    await until(() => received.length === 1);
    const revision = received[0]!.revision;
    await server.graphql(
      'mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { id } } }',
      { input: { unitId, key: 'k', value: 1 } },
      as,
    );
    await until(() => received.length === 2);
    expect(received[1]).toEqual({ revision: revision + 1, cause: 'EDIT', by: { name: 'admin' } });
    await end();
  });

  test('ends with the rights of its listener', async () => {
    const { user } = await addMember('listener@example.org', 'USER');
    const listener = await server.signIn({ email: 'listener@example.org', password });
    const { received, closed, end } = listen(listener);
    await until(() => received.length === 1);
    await server.graphql(
      'mutation ($input: UpdateMemberInput!) { updateMember(input: $input) { active } }',
      { input: { unitId, userId: user.id, active: false } },
      as,
    );
    await until(() => closed.length > 0);
    expect(closed).toEqual([4403]);
    await end();
  });
});

test('set-up over the API makes the admin, signs in, and tells what is still to be done', async () => {
  const fresh = await TestServer.start({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
  try {
    const needsSetUp = async () =>
      (await fresh.graphql<{ system: { needsSetUp: boolean } }>('{ system { needsSetUp } }')).data.system
        .needsSetUp;
    expect(await needsSetUp()).toBe(true);
    const token = await fresh.app.setUp.start(fresh.app.settings);
    const { cookie, answer } = await post(
      `mutation { setUp(input: {
        token: "${token}", email: "ada@example.org", name: "Ada", password: "${password}", unitName: "Newsroom"
      }) { organisationAdmin units { role unit { name } } } }`,
      {},
      fresh,
    );
    expect(answer.data).toEqual({
      setUp: { organisationAdmin: true, units: [{ role: 'ADMIN', unit: { name: 'Newsroom' } }] },
    });
    expect(cookie).toMatch(/^safeboard_session=/);
    expect(await needsSetUp()).toBe(false);
  } finally {
    await fresh.stop();
  }
});
