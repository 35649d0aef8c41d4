import { type Actor } from '../../src/access/actor';
import { type CheckpointName } from '../../src/checkpoint';
import { refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';
import { SafeModeClient } from '../parts/safe-modes';

/** Admins who lose their rights while a request of theirs is under way. */
const grace = { email: 'grace@example.org', password: 'another long password' };
let server: TestServer;
let admin: SafeModeClient;
let atStoredFile: () => Promise<unknown> = () => Promise.resolve();
let graceId: string;

beforeAll(async () => {
  server = await TestServer.start({}, undefined, async (name: CheckpointName) => {
    if (name !== 'file stored') return;
    const work = atStoredFile;
    atStoredFile = () => Promise.resolve();
    await work();
  });
  admin = await SafeModeClient.ofAdmin(server);
  const added = await admin.configuration.mutate<{ user: { id: string } }>(
    'addMember',
    'AddMemberInput',
    { ...grace, name: 'Grace', role: 'ADMIN' },
    'user { id }',
  );
  graceId = added.user.id;
});
afterAll(() => server.stop());
beforeEach(() => giveRole('ADMIN'));

const giveRole = (role: string) =>
  admin.configuration.mutate('updateMember', 'UpdateMemberInput', { userId: graceId, role }, 'role');

async function asGrace(): Promise<SafeModeClient> {
  const { unitId } = admin.configuration;
  return SafeModeClient.as(server, unitId, await server.signIn(grace));
}

test('what an owner records who is demoted meanwhile is not recorded', async () => {
  const owner = await asGrace();
  const before = await owner.start();
  atStoredFile = () => giveRole('POWER_USER');
  const refusal = await refusalOf(owner.in(before).setConfigKey('late', { value: 1 }));
  expect(refusal.code).toBe('FORBIDDEN');
  expect(await admin.find(before.id)).toMatchObject({ revision: before.revision, taskCount: 0 });
});

test('somebody who was an admin when the request began deletes nothing', async () => {
  const { id } = await (await asGrace()).start();
  const { unitId } = admin.configuration;
  const asBefore: Actor = {
    userId: graceId,
    email: grace.email,
    name: 'Grace',
    organisationAdmin: false,
    roles: new Map([[unitId, 'ADMIN']]),
    via: { kind: 'session', id: 'ended' },
  };
  await giveRole('POWER_USER');
  await expect(server.app.safeModes.lifeCycle.discard(asBefore, id)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  expect(await admin.find(id)).toMatchObject({ status: 'OPEN' });
  expect(await admin.delete(id)).toBe(true);
});
