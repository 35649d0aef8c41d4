import { signedInApi } from '../admin-ui/e2e/parts/api';
import { startServer } from '../admin-ui/e2e/parts/server';
import type * as openDatabaseModule from '../server/src/storage/open-database';
import { compiled } from './product/compiled';
import { fill } from './product/content';

/** How much of each a large unit holds, beside what was there before. */
export const largeUnit = {
  configKeys: 100_000,
  plugins: 300,
  workspaces: 200,
  profiles: 50,
  members: 2_000,
  /** Edits of config keys, which the history holds beside what was created. */
  edits: 1_500,
} as const;

/** Sends an operation to the unit's server, as an admin. */
type Ask = <T>(query: string, variables: object) => Promise<T>;

/** A data directory, or a database, with an admin and a unit in it. */
export interface FilledPlace {
  dataDir: string;
  databaseUrl: string | undefined;
  admin: { email: string; password: string };
  /** What else its server is started with. */
  settings?: Record<string, string>;
}

/** Requests under way at the same time. */
const atOnce = 8;

/** Makes the first unit of a place as large as `largeUnit` says. Needs the built server, and some minutes. */
export async function fillLargeUnit({ dataDir, databaseUrl, admin, settings }: FilledPlace): Promise<void> {
  const server = await startServer({
    DATA_DIR: dataDir,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...settings,
  });
  const { ask, unitId } = await signedInApi(server.url, admin);
  await fillByApi(ask, unitId).finally(() => server.stop());

  // One write each through the API would take long; nobody has written so many by hand either.
  const { openDatabase } = compiled<typeof openDatabaseModule>('storage/open-database.js');
  const database = await openDatabase({ dataDir, databaseUrl });
  const [[generationId] = []] = await database.read((db) =>
    db.rows('SELECT live_generation_id FROM unit WHERE id = ?', [unitId]),
  );
  await fill(database, generationId as string, largeUnit.configKeys);
  await database.close();
}

/** Fills a unit through the API, as people would over the years, with all of `largeUnit` but its config keys. */
async function fillByApi(ask: Ask, unitId: string): Promise<void> {
  const plugins = await inTurn(largeUnit.plugins, async (index) => {
    const { installPlugin } = await ask<{ installPlugin: { plugin: { id: string } } }>(
      'mutation ($input: InstallPluginInput!) { installPlugin(input: $input) { plugin { id } } }',
      {
        input: { unitId, manifest: manifestOf(index), configuration: { refreshSeconds: 10 + (index % 50) } },
      },
    );
    return installPlugin.plugin.id;
  });
  const workspaces = await inTurn(largeUnit.workspaces, async (index) => {
    const applications = Array.from({ length: 6 }, (_, place) => ({
      pluginId: plugins[(index * 7 + place) % plugins.length],
      area: place % 2 ? 'side' : 'main',
    }));
    const { createWorkspace } = await ask<{ createWorkspace: { workspace: { id: string } } }>(
      'mutation ($input: CreateWorkspaceInput!) { createWorkspace(input: $input) { workspace { id } } }',
      {
        input: {
          unitId,
          name: `${desks[index % desks.length]} ${index + 1}`,
          layout: 'two-columns',
          applications,
        },
      },
    );
    return createWorkspace.workspace.id;
  });
  await inTurn(largeUnit.profiles, (index) =>
    ask('mutation ($input: CreateProfileInput!) { createProfile(input: $input) { profile { id } } }', {
      input: {
        unitId,
        name: `Shift ${index + 1}`,
        roles: index % 3 ? ['USER', 'POWER_USER'] : [],
        workspaceIds: workspaces.filter((_id, place) => place % largeUnit.profiles <= index % 12),
      },
    }),
  );
  await inTurn(largeUnit.members, (index) =>
    ask('mutation ($input: AddMemberInput!) { addMember(input: $input) { role } }', {
      input: { unitId, email: `person-${index}@example.org`, name: `Person ${index}`, role: roleOf(index) },
    }),
  );
  await inTurn(largeUnit.edits, (index) =>
    ask('mutation ($input: SetConfigKeyInput!) { setConfigKey(input: $input) { configKey { id } } }', {
      input: { unitId, key: `edited.${index % 200}`, value: { edition: index, on: true } },
    }),
  );
}

const desks = ['News', 'Sport', 'City', 'Culture', 'Business', 'Pictures', 'Night'];

const roleOf = (index: number) => (index % 20 ? (index % 5 ? 'USER' : 'READONLY') : 'POWER_USER');

const manifestOf = (index: number) => ({
  bundle: `example.large.plugin-${index}`,
  name: `Plugin ${index}`,
  author: { name: 'Example', email: 'plugins@example.org' },
  version: `1.${index % 20}.${index % 7}`,
  description: 'One of very many plugins.',
  permissions: [{ id: 'use', title: 'Use it' }],
});

/** Does something so many times, a few at once, and answers what came of each. */
async function inTurn<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) done[index] = await work(index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}
