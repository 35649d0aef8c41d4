import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { type Credentials, credentialHeaders, TestServer } from '../parts/running-server';
import { SessionEntity } from '../../src/access/session.entity';
import { ApiTokenEntity } from '../../src/access/api-token.entity';

/** Who may open a socket, and how long it stays open. */
let server: TestServer;
let unitId: string;
beforeAll(async () => {
  server = await TestServer.start();
  unitId = await server.firstUnitId(await server.signIn());
});
afterAll(() => server.stop());

const soon = () => new Date(Date.now() + 300);

function open(as: Credentials, options: ClientOptions = {}): WebSocket {
  return new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    ...options,
    headers: { ...credentialHeaders(as), ...options.headers },
  });
}

/** Opened, and told that it is known. */
async function acknowledged(as: Credentials): Promise<WebSocket> {
  const socket = open(as);
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  const [message] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(message.toString())).toMatchObject({ type: 'connection_ack' });
  return socket;
}

/** The code that it is closed with. */
const closing = async (socket: WebSocket): Promise<unknown> =>
  ((await once(socket, 'close')) as unknown[])[0];

const idOf = async (socketOf: Credentials): Promise<string> =>
  (await server.app.authenticator.actorOf({
    cookie: socketOf.cookie,
    authorization: socketOf.token && `Bearer ${socketOf.token}`,
  }))!.via.id;

async function aToken(): Promise<Credentials> {
  const { data } = await server.graphql<{ createApiToken: { secret: string } }>(
    'mutation ($unitId: ID!) { createApiToken(input: {unitId: $unitId, name: "Script", role: USER}) { secret } }',
    { unitId },
    await server.signIn(),
  );
  return { token: data.createApiToken.secret };
}

test('a socket closes when its session is over, without anybody having ended it', async () => {
  const as = await server.signIn();
  const id = await idOf(as);
  await server.app.database.transaction(
    async ({ manager }) => void (await manager.update(SessionEntity, { id }, { expiresAt: soon() })),
  );
  expect(await closing(await acknowledged(as))).toBe(4403);
});

test('a socket closes when its API token has expired', async () => {
  const as = await aToken();
  const id = await idOf(as);
  await server.app.database.transaction(
    async ({ manager }) => void (await manager.update(ApiTokenEntity, { id }, { expiresAt: soon() })),
  );
  expect(await closing(await acknowledged(as))).toBe(4403);
});

test('a socket of a session that signs out closes, and those of others stay open', async () => {
  const [one, other] = [await server.signIn(), await server.signIn()];
  const [socket, stays] = [await acknowledged(one), await acknowledged(other)];
  await server.graphql('mutation { signOut }', {}, one);
  expect(await closing(socket)).toBe(4403);
  stays.send('{"type":"ping"}');
  expect(String((await once(stays, 'message'))[0])).toBe('{"type":"pong"}');
  stays.terminate();
});

test.each(['https://evil.example', 'http://127.0.0.1:1', 'null', 'http://'])(
  'a page of %s cannot open a socket with the cookie of its visitor',
  async (origin) => {
    const socket = open(await server.signIn(), { headers: { origin } });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('401');
  },
);

test('nobody, an unknown token and whoever asks before saying who they are get no socket', async () => {
  for (const as of [{}, { token: 'sb_made-up' }, { cookie: 'safeboard_session=made-up' }]) {
    const socket = open(as);
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    expect(await closing(socket)).toBe(4403);
  }
  const socket = open(await server.signIn());
  await once(socket, 'open');
  socket.send(
    `{"type":"subscribe","id":"1","payload":{"query":"subscription { unitChanged(unitId: \\"${unitId}\\") { revision } }"}}`,
  );
  expect(await closing(socket)).toBe(4401);
});

test.each([
  ['no JSON', '{'],
  ['of no type', '{"type":"__proto__"}'],
  ['an operation without a document', '{"type":"subscribe","id":"1","payload":{"query":1}}'],
  ['larger than any subscription', JSON.stringify({ type: 'ping', payload: { a: 'x'.repeat(300_000) } })],
])('a message that is %s closes its socket and no other', async (_, message) => {
  const as = await server.signIn();
  const [socket, other] = [await acknowledged(as), await acknowledged(as)];
  socket.on('error', () => undefined);
  socket.send(message);
  expect([1009, 4400]).toContain(await closing(socket));
  other.send('{"type":"ping"}');
  expect(String((await once(other, 'message'))[0])).toBe('{"type":"pong"}');
  other.terminate();
});
