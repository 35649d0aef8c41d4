import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';

let server: TestServer;
let admin: ConfigurationClient;
let powerUser: ConfigurationClient;
let user: ConfigurationClient;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await ConfigurationClient.ofAdmin(server);
  powerUser = await member('POWER_USER');
  user = await member('USER');
});
afterAll(() => server.stop());

async function member(role: string): Promise<ConfigurationClient> {
  const account = { email: `${role.toLowerCase()}@example.org`, password: 'a password that is long' };
  await admin.mutate('addMember', 'AddMemberInput', { ...account, name: role, role }, 'role');
  return new ConfigurationClient(server, admin.unitId, await server.signIn(account));
}

const update = (as: ConfigurationClient, id: string, input: object) =>
  as.mutate<{ workspace: { applications: { id: string; area: string; position: number }[] } }>(
    'updateWorkspace',
    'UpdateWorkspaceInput',
    { id, ...input },
    'workspace { name layout shared icon profiles { name } applications { id area position configuration } }',
  );
const remove = (as: ConfigurationClient, id: string, input: object = {}) =>
  as.mutate('deleteWorkspace', 'DeleteInput', { id, ...input }, 'id');
const visible = (as: ConfigurationClient, id: string) =>
  as.unit<{ workspace: { name: string; owner: { name: string } | null } | null }>(
    'workspace(id: $id) { name owner { name } }',
    { id },
    '$id: ID!',
  );

test('a private workspace is there for its owner and for admins, and for nobody else', async () => {
  const { id } = await powerUser.createWorkspace({ name: 'My notes', shared: false });
  expect((await visible(admin, id)).workspace).toEqual({ name: 'My notes', owner: { name: 'POWER_USER' } });
  expect((await visible(powerUser, id)).workspace).not.toBeNull();
  expect((await visible(user, id)).workspace).toBeNull();
  const { workspaces } = await user.unit<{ workspaces: { nodes: object[]; totalCount: number } }>(
    'workspaces { nodes { id } totalCount }',
  );
  expect(workspaces.nodes).not.toContainEqual({ id });
  expect(workspaces.totalCount).toBe(workspaces.nodes.length);
});

test('a private workspace in a profile is skipped for those who may not see it', async () => {
  const { id } = await admin.createWorkspace({ name: 'Hidden', shared: false });
  const shown = await admin.createWorkspace({ name: 'Shown' });
  const profileId = await admin.createProfile({
    name: 'Mixed',
    roles: ['USER'],
    workspaceIds: [id, shown.id],
  });
  const { profile } = await user.unit<{ profile: { workspaces: { id: string }[] } }>(
    'profile(id: $profileId) { workspaces { id } }',
    { profileId },
    '$profileId: ID!',
  );
  expect(profile.workspaces).toEqual([{ id: shown.id }]);
});

test('profiles are listed only to the roles they are open to', async () => {
  await admin.createProfile({ name: 'For admins' });
  const { profiles } = await user.unit<{ profiles: { nodes: { name: string }[] } }>(
    'profiles { nodes { name } }',
  );
  expect(profiles.nodes.map(({ name }) => name)).not.toContain('For admins');
});

test("a power user edits shared and own workspaces, not others' private ones", async () => {
  const shared = await admin.createWorkspace({ name: 'Shared' });
  const hidden = await admin.createWorkspace({ name: 'Private', shared: false });
  await update(powerUser, shared.id, { name: 'Shared still' });
  expect((await refusalOf(update(powerUser, hidden.id, { name: 'Mine' }))).code).toBe('NOT_FOUND');
  expect((await refusalOf(remove(powerUser, hidden.id))).code).toBe('NOT_FOUND');
  expect((await refusalOf(update(powerUser, shared.id, { shared: false }))).code).toBe('FORBIDDEN');
  await remove(powerUser, shared.id);
});

test('an edit that is sent again does not show what has become private meanwhile', async () => {
  const { id } = await admin.createWorkspace({ name: 'Open' });
  const resent = { name: 'Renamed', operationId: 'before it was private' };
  await update(powerUser, id, resent);
  await update(admin, id, { name: 'Private', shared: false });
  expect((await refusalOf(update(powerUser, id, resent))).code).toBe('NOT_FOUND');
  expect((await visible(admin, id)).workspace).toMatchObject({ name: 'Private' });

  await update(admin, id, { shared: true });
  expect(await update(powerUser, id, resent)).toMatchObject({ workspace: { name: 'Private' } });
});

test('an own private workspace is the answer to its creation, also when that is sent again', async () => {
  const input = { name: 'My own', shared: false, operationId: 'my own' };
  const { id } = await powerUser.createWorkspace(input);
  expect((await powerUser.createWorkspace(input)).id).toBe(id);
});

test('only admins put workspaces into profiles or take them out', async () => {
  const profileId = await admin.createProfile({ name: 'Closed' });
  const refusal = await refusalOf(powerUser.createWorkspace({ name: 'New', profileIds: [profileId] }));
  expect(refusal.code).toBe('FORBIDDEN');
  const { id } = await admin.createWorkspace({ name: 'In profile', profileIds: [profileId] });
  expect((await refusalOf(remove(powerUser, id, { detach: true }))).code).toBe('FORBIDDEN');
  expect((await refusalOf(remove(powerUser, id))).conflicts).toMatchObject([
    { code: 'IN_USE', referrers: [{ type: 'PROFILE', name: 'Closed' }] },
  ]);
  await remove(admin, id, { detach: true });
});

test('profileIds adds to the profiles named and takes out of the others', async () => {
  const [first, second] = [
    await admin.createProfile({ name: 'First' }),
    await admin.createProfile({ name: 'Second' }),
  ];
  const { id } = await admin.createWorkspace({ name: 'Moving', profileIds: [first] });
  expect(await update(admin, id, { profileIds: [second] })).toMatchObject({
    workspace: { profiles: [{ name: 'Second' }] },
  });
});

test('applications keep their ids, new ones come last in their area, absent ones go', async () => {
  const pluginId = await admin.installPlugin('org.example.tile');
  const workspace = await admin.createWorkspace({
    name: 'Tiles',
    layout: 'two-columns',
    applications: [
      { pluginId, area: 'main', configuration: { a: 1 } },
      { pluginId, area: 'main' },
    ],
  });
  const [first, second] = workspace.applications;
  const { workspace: changed } = await update(admin, workspace.id, {
    applications: [
      { id: first!.id, pluginId, area: 'main' },
      { pluginId, area: 'main' },
      { pluginId, area: 'side' },
    ],
  });
  expect(changed.applications).toMatchObject([
    { id: first!.id, area: 'main', configuration: { a: 1 } },
    { area: 'main' },
    { area: 'side' },
  ]);
  expect(changed.applications.map(({ id }) => id)).not.toContain(second!.id);
  expect(changed.applications[1]!.position).toBeGreaterThan(changed.applications[0]!.position);
});

test('a layout without an area moves its applications to the first area', async () => {
  const pluginId = await admin.installPlugin('org.example.moved');
  const { id } = await admin.createWorkspace({
    name: 'Narrow',
    layout: 'two-columns',
    applications: [{ pluginId, area: 'side' }],
  });
  const { workspace } = await update(admin, id, { layout: 'single' });
  expect(workspace.applications).toMatchObject([{ area: 'main' }]);
});

test('an application id of another workspace is not taken over', async () => {
  const pluginId = await admin.installPlugin('org.example.foreign');
  const other = await admin.createWorkspace({ name: 'Other', applications: [{ pluginId, area: 'main' }] });
  const { id } = await admin.createWorkspace({ name: 'This' });
  const { workspace } = await update(admin, id, {
    applications: [{ id: other.applications[0]!.id, pluginId, area: 'main' }],
  });
  expect(workspace.applications[0]!.id).not.toBe(other.applications[0]!.id);
});

test('an icon is initials and colour, or a small picture checked by its content; null takes it away', async () => {
  const { id } = await admin.createWorkspace({ name: 'Icon', icon: { initials: 'IC', colour: '#336699' } });
  const html = Buffer.from('<html><script>alert(1)</script></html>').toString('base64');
  const refusal = await refusalOf(update(admin, id, { icon: { picture: `data:image/png;base64,${html}` } }));
  expect(refusal.code).toBe('BAD_USER_INPUT');
  expect(await update(admin, id, { icon: null })).toMatchObject({ workspace: { icon: null } });
});
