import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';

/** Who ended a safe mode, and who may delete one. */
let server: TestServer;
let admin: SafeModeClient;
let grace: SafeModeClient;
let graceId: string;

beforeEach(async () => {
  server = await TestServer.start();
  admin = await SafeModeClient.ofAdmin(server);
  const { configuration } = admin;
  const account = { email: 'grace@example.org', password: 'another long password' };
  const added = await configuration.mutate<{ user: { id: string } }>(
    'addMember',
    'AddMemberInput',
    { ...account, name: 'Grace', role: 'ADMIN' },
    'user { id }',
  );
  graceId = added.user.id;
  grace = SafeModeClient.as(server, configuration.unitId, await server.signIn(account));
});
afterEach(() => server.stop());

interface Closing {
  closedAt: string | null;
  closedBy: { name: string } | null;
  deletable: boolean;
  unitId: string;
}
async function closingOf(id: string, client = admin): Promise<Closing> {
  const { safeMode } = await client.configuration.request<{ safeMode: Closing }>(
    'query ($id: ID!) { safeMode(id: $id) { closedAt closedBy { name } deletable unitId } }',
    { id },
  );
  return safeMode;
}

test('a safe mode tells which unit it is of', async () => {
  const { id } = await grace.start();
  expect((await closingOf(id)).unitId).toBe(admin.configuration.unitId);
});

test('an open safe mode was closed by nobody, a deleted and an applied one by whoever did it', async () => {
  const { id } = await grace.start();
  expect(await closingOf(id)).toMatchObject({ closedAt: null, closedBy: null });
  await grace.delete(id);
  expect(await closingOf(id)).toMatchObject({ closedBy: { name: 'Grace' }, deletable: false });
  expect(Date.parse((await closingOf(id)).closedAt!)).toBeGreaterThan(Date.now() - 60_000);

  const applied = await grace.start();
  await grace.in(applied).createProfile({ name: 'Sales' });
  await grace.apply(applied.id);
  expect(await closingOf(applied.id)).toMatchObject({ closedBy: { name: 'Grace' }, deletable: false });
});

test('a safe mode is deletable for its owner, and for every admin once the owner is none any more', async () => {
  const { id } = await grace.start();
  expect((await closingOf(id, grace)).deletable).toBe(true);
  expect((await closingOf(id)).deletable).toBe(false);

  const demotion = { userId: graceId, role: 'USER' };
  await admin.configuration.mutate('updateMember', 'UpdateMemberInput', demotion, 'role');
  expect((await closingOf(id)).deletable).toBe(true);
  await admin.delete(id);
  expect((await closingOf(id)).closedBy).not.toEqual({ name: 'Grace' });
});
