import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';

let server: TestServer;
let admin: ConfigurationClient;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await ConfigurationClient.ofAdmin(server);
});
afterAll(() => server.stop());

const deleteProfile = (id: string, input: object = {}) =>
  admin.mutate('deleteProfile', 'DeleteInput', { id, ...input }, 'id');
const updateProfile = (id: string, input: object) =>
  admin.mutate(
    'updateProfile',
    'UpdateProfileInput',
    { id, ...input },
    'profile { name roles workspaces { id } }',
  );

test('a second profile of the same name is refused, whatever its case, and names the first', async () => {
  await admin.createProfile({ name: 'Sports desk' });
  const before = await admin.revision();
  const refusal = await refusalOf(admin.createProfile({ name: ' sports DESK ' }));
  expect(refusal.code).toBe('CONFLICT');
  expect(refusal.conflicts).toMatchObject([
    { code: 'NAME_TAKEN', referrers: [{ type: 'PROFILE', name: 'Sports desk' }] },
  ]);
  expect(refusal.message).toContain('sports DESK');
  expect(await admin.revision()).toBe(before);
});

test('removing a profile that is already gone says that there is none', async () => {
  const id = await admin.createProfile({ name: 'Weekend' });
  await deleteProfile(id);
  expect((await refusalOf(deleteProfile(id))).code).toBe('NOT_FOUND');
});

test('a removal that was based on a state before somebody else changed the profile is a conflict', async () => {
  const id = await admin.createProfile({ name: 'Evening' });
  const seen = await admin.revision();
  await updateProfile(id, { roles: ['USER'] });
  const refusal = await refusalOf(deleteProfile(id, { basedOnRevision: seen }));
  expect(refusal.conflicts).toMatchObject([{ code: 'DELETE_OF_CHANGED' }]);
  await deleteProfile(id, { basedOnRevision: await admin.revision() });
});

test('edits of different fields based on the same revision both stand; of the same field the second conflicts', async () => {
  const id = await admin.createProfile({ name: 'Night' });
  const basedOnRevision = await admin.revision();
  await updateProfile(id, { roles: ['USER'], basedOnRevision });
  await updateProfile(id, { name: 'Late night', basedOnRevision });
  const refusal = await refusalOf(updateProfile(id, { name: 'Deep night', basedOnRevision }));
  expect(refusal.conflicts).toMatchObject([
    {
      code: 'FIELD_CHANGED',
      path: '/name',
      base: 'Night',
      mine: 'Deep night',
      live: 'Late night',
      liveChangedBy: { name: 'admin' },
    },
  ]);
  expect(await updateProfile(id, {})).toEqual({
    profile: { name: 'Late night', roles: ['USER'], workspaces: [] },
  });
});

test('an edit that changes nothing moves no revision', async () => {
  const id = await admin.createProfile({ name: 'Morning', roles: ['USER', 'ADMIN'] });
  const before = await admin.revision();
  await updateProfile(id, { name: 'Morning ', roles: ['ADMIN', 'USER'] });
  expect(await admin.revision()).toBe(before);
});

test('the same operation sent again does nothing twice and answers the same object', async () => {
  const input = { name: 'Noon', operationId: 'operation-1' };
  const id = await admin.createProfile(input);
  const before = await admin.revision();
  expect(await admin.createProfile(input)).toBe(id);
  expect(await admin.revision()).toBe(before);
});

test('an unknown workspace in a profile is a conflict that says so', async () => {
  const refusal = await refusalOf(admin.createProfile({ name: 'Dangling', workspaceIds: ['nothing'] }));
  expect(refusal.conflicts).toMatchObject([{ code: 'REFERENCE_MISSING' }]);
});

test('null on a required field is bad input, and an empty name names its field', async () => {
  const id = await admin.createProfile({ name: 'Dawn' });
  expect((await refusalOf(updateProfile(id, { name: null }))).fields).toMatchObject([{ path: 'input.name' }]);
  expect((await refusalOf(updateProfile(id, { name: '   ' }))).fields).toMatchObject([
    { path: 'input.name' },
  ]);
});

test('workspaces keep the order of the profile', async () => {
  const ids = [];
  for (const name of ['One', 'Two', 'Three']) ids.push((await admin.createWorkspace({ name })).id);
  const order = [ids[2], ids[0], ids[1]];
  const id = await admin.createProfile({ name: 'Ordered', workspaceIds: order });
  const { profile } = (await updateProfile(id, { workspaceIds: [...order].reverse() })) as {
    profile: { workspaces: { id: string }[] };
  };
  expect(profile.workspaces.map((workspace) => workspace.id)).toEqual([...order].reverse());
});
