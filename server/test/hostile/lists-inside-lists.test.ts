import { mostListed } from '../../src/graphql/inner-lists';
import { ConfigurationClient, refusalOf } from '../parts/configuration';
import { TestServer } from '../parts/running-server';

/** Twenty workspaces, each in twenty profiles, and one with many applications: ten times what a count of the query takes for it. */
let server: TestServer;
let admin: ConfigurationClient;
let crowded: string;

beforeAll(async () => {
  server = await TestServer.start();
  admin = await ConfigurationClient.ofAdmin(server);
  const workspaceIds: string[] = [];
  for (let number = 1; number <= 20; number++)
    workspaceIds.push((await admin.createWorkspace({ name: `Workspace ${number}` })).id);
  for (let number = 1; number <= 20; number++)
    await admin.createProfile({ name: `Profile ${number}`, workspaceIds });
  const pluginId = await admin.installPlugin('org.example.wires');
  const applications = Array.from({ length: 300 }, () => ({ pluginId, area: 'main' }));
  crowded = (await admin.createWorkspace({ name: 'Crowded', applications })).id;
});
afterAll(() => server.stop());

const named = (count: number, field: string) =>
  Array.from({ length: count }, (_, index) => `f${index}: ${field}`).join(' ');

test.each([
  [
    'profiles to workspaces and back',
    'profiles(first: 20) { nodes { workspaces { profiles { workspaces { id } } } } }',
  ],
  [
    'workspaces to profiles and back',
    'workspaces(first: 20) { nodes { profiles { workspaces { profiles { id } } } } }',
  ],
])('a walk from %s is refused where it comes to too much, at once', async (_, walk) => {
  const refusal = await refusalOf(admin.unit(walk));
  expect(refusal).toMatchObject({
    code: 'TOO_COMPLEX',
    message: expect.stringContaining(`more than ${mostListed} objects and fields. Ask for`) as string,
  });
});

test('the applications of a workspace count as often, and with as many fields, as they are asked for', async () => {
  const applications = (times: number) =>
    admin.unit(`workspace(id: "${crowded}") { ${named(times, `applications { ${named(30, 'area')} }`)} }`);
  expect((await refusalOf(applications(30))).code).toBe('TOO_COMPLEX');
  await applications(20);
});

test('a level fewer is answered, and the next request begins anew', async () => {
  for (let time = 0; time < 10; time++) {
    const { profiles } = await admin.unit<{ profiles: { nodes: { workspaces: object[] }[] } }>(
      'profiles { nodes { workspaces { profiles { id name } } } }',
    );
    expect(profiles.nodes.map(({ workspaces }) => workspaces.length)).toEqual(Array(20).fill(20));
  }
});
